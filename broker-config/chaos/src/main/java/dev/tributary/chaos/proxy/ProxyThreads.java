package dev.tributary.chaos.proxy;

/** Threads that keep no process alive. */
final class ProxyThreads {
    private ProxyThreads() {}

    static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
