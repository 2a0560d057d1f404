package dev.tributary.coordinator.store.jdbc;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A PostgreSQL server for the tests alone, made and started from the system's package on a free port of the loopback
 * interface, in a temporary folder, and stopped at the end; a test takes it as a parameter. It syncs to the disk as a real
 * one does. When the tests run as root, which PostgreSQL refuses, the server runs as the package's own user.
 */
public final class PrivatePostgres implements BeforeAllCallback, ParameterResolver {
    private static final String USER = "postgres";
    private static final long PATIENCE_SECONDS = 60;

    @Override
    public void beforeAll(ExtensionContext context) {
        server(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Server.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return server(context);
    }

    private static Server server(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(Server.class, any -> new Server(), Server.class);
    }

    /** The running server; JUnit closes it after the last test. */
    public static final class Server implements AutoCloseable {
        private final Path bin = binaries();
        private final Path home;
        private final int port = freePort();
        private final AtomicInteger databases = new AtomicInteger();
        private final Thread lastResort = new Thread(this::discard);

        Server() {
            try {
                home = Files.createTempDirectory("tributary-postgres");
                if (isRoot()) {
                    Files.setOwner(
                            home,
                            home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Runtime.getRuntime().addShutdownHook(lastResort);
            run("initdb", "-D", data(), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync");
            start();
        }

        private String data() {
            return home.resolve("data").toString();
        }

        /** Starts the server again after {@link #stop}, on the same port and with the same data. */
        void start() {
            String options = "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c port=" + port;
            run("pg_ctl", "-D", data(), "-o", options, "-l", home.resolve("log").toString(), "-w", "start");
        }

        /** Stops the server as a power cut would: nothing is told to those who are connected. */
        void stop() {
            run("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
        }

        /** An address of a new, empty database. */
        String newDatabase() {
            String name = "test" + databases.incrementAndGet();
            execute(url("postgres"), "CREATE DATABASE " + name);
            return url(name);
        }

        String url(String database) {
            return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + USER;
        }

        static void execute(String url, String sql) {
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }

        @Override
        public void close() {
            Runtime.getRuntime().removeShutdownHook(lastResort);
            discard();
        }

        private void discard() {
            stop();
            try (Stream<Path> files = Files.walk(home)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void run(String program, String... arguments) {
            List<String> command = new ArrayList<>();
            if (isRoot()) {
                command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
            }
            command.add(bin.resolve(program).toString());
            command.addAll(List.of(arguments));
            try {
                // The server outlives its starter and would hold a pipe open.
                Path output = home.resolve(program + ".out");
                ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
                builder.environment().put("LC_ALL", "C.UTF-8");
                Process process = builder.redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
                if (process.waitFor() != 0) {
                    throw new IllegalStateException(
                            command + " failed: " + Files.readString(output, StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(command + " was interrupted", e);
            }
        }

        private static boolean isRoot() {
            return System.getProperty("user.name").equals("root");
        }

        private static Path binaries() {
            return Stream.concat(
                            debian(),
                            Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                                    .map(Path::of))
                    .filter(folder -> Files.isExecutable(folder.resolve("initdb"))
                            && Files.isExecutable(folder.resolve("pg_ctl")))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("there is no PostgreSQL (initdb, pg_ctl) under"
                            + " /usr/lib/postgresql or on the PATH: install it (Debian, Ubuntu: apt install postgresql),"
                            + " or run the tests without TRIBUTARY_REQUIRE_POSTGRES=1"));
        }

        /** Debian keeps each version's programs in a folder of their own; the newest first. */
        private static Stream<Path> debian() {
            File[] versions = Optional.ofNullable(new File("/usr/lib/postgresql").listFiles())
                    .orElse(new File[0]);
            return Stream.of(versions)
                    .sorted(Comparator.comparing(
                                    (File version) -> version.getName().length())
                            .thenComparing(File::getName)
                            .reversed())
                    .map(version -> version.toPath().resolve("bin"));
        }

        private static int freePort() {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
