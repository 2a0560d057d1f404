package dev.tributary.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code tributary} in a checkout of empty jars, with a JDK and a Maven that only say what they are asked. */
class LauncherTest {
    private static final List<String> JARS = List.of(
            "shared-model/target/tributary-shared-model.jar",
            "edge-agent/target/tributary-edge-agent.jar",
            "coordinator/target/tributary-coordinator.jar",
            "broker-config/extension/target/tributary-broker-extension.jar",
            "broker-config/broker/target/tributary-broker.jar",
            "broker-config/demo/target/tributary-demo.jar",
            "broker-config/chaos/target/tributary-chaos.jar");
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private Path home;
    private Path tools;

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectories(folder.resolve("a checkout"));
        tools = Files.createDirectories(folder.resolve("tools"));
        Files.copy(Path.of("..", "..", "tributary"), home.resolve("tributary"));
        makeExecutable(home.resolve("tributary"));
        write(home.resolve("pom.xml"), "<version>1.2.3</version>", LONG_AGO);
        for (String jar : JARS) {
            Path module = home.resolve(jar).getParent().getParent();
            write(module.resolve("pom.xml"), "", LONG_AGO);
            write(module.resolve("src/main/java/A.java"), "", LONG_AGO);
            write(home.resolve(jar), "", LONG_AGO.plusSeconds(60));
        }
        write(home.resolve("target/build.stamp"), "", Instant.now());
        jdk("17.0.1");
        tool("jdk/bin/javac", "true");
        tool("bin/mvn", "echo '[INFO] Building Fake 1.2.3 [1/1]'");
    }

    @ParameterizedTest
    @CsvSource({
        "demo, broker-config/demo/target/tributary-demo.jar, dev.tributary.demo.app.DemoMain",
        "chaos, broker-config/chaos/target/tributary-chaos.jar, dev.tributary.chaos.app.ChaosMain",
        "coordinator, coordinator/target/tributary-coordinator.jar, dev.tributary.coordinator.app.CoordinatorMain",
        "export, coordinator/target/tributary-coordinator.jar, dev.tributary.coordinator.app.ExportMain",
        "agent, edge-agent/target/tributary-edge-agent.jar, dev.tributary.agent.app.AgentMain",
        "simulate, edge-agent/target/tributary-edge-agent.jar, dev.tributary.agent.app.SimulateMain"
    })
    void command_throughALinkFromAnotherFolder_runsItsOwnJar(String command, String jar, String main) throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), home.resolve("tributary"));
        Result result = run(link, command, "--option", "two words");
        Path file = home.toRealPath().resolve(jar);
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("-cp|" + file + ":" + file.getParent() + "/lib/*|" + main + "|--option|two words|");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "rounds", "pause", "resume", "rollback", "quarantine"})
    void actions_areGivenTheirName(String command) throws Exception {
        assertThat(run(command, "--json").out())
                .contains("|dev.tributary.coordinator.app.ActMain|" + command + "|--json|");
    }

    @Test
    void broker_runsByItsManifest() throws Exception {
        assertThat(run("broker", "--port", "0").out())
                .contains("-jar|" + home.toRealPath().resolve(JARS.get(4)) + "|--port|0|");
    }

    @Test
    void changedSource_isBuiltOnce() throws Exception {
        Files.setLastModifiedTime(home.resolve("target/build.stamp"), FileTime.from(LONG_AGO.plusSeconds(60)));
        write(
                home.resolve("shared-model/src/main/java/A.java"),
                "",
                Instant.now().minusSeconds(5));
        assertThat(run("demo").err()).contains("building", "built in");
        assertThat(run("demo").err()).isEmpty();
    }

    @Test
    void missingJarAfterTheBuild_isOneLine() throws Exception {
        Files.delete(home.resolve(JARS.get(5)));
        Result result = run("demo");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).endsWith("tributary-demo.jar is missing; run `tributary build`\n");
    }

    @Test
    void failingBuild_showsTheErrorsAndTheLog() throws Exception {
        tool("bin/mvn", "echo '[INFO] noise'; echo '[ERROR] A.java:[1,2] wrong'; echo '[ERROR] -> [Help 1]'; exit 1");
        Result result = run("build");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("[ERROR] A.java:[1,2] wrong", "the build failed; all of its output: ")
                .doesNotContain("noise", "Help 1");
        assertThat(home.resolve("target/build.lock")).doesNotExist();
    }

    @Test
    void fullDisk_isSaid() throws Exception {
        tool("bin/mvn", "echo '[ERROR] write failed: No space left on device'; exit 1");
        assertThat(run("build").err()).contains("is the disk full?");
    }

    @Test
    void oldJava_isOneLine() throws Exception {
        jdk("1.8.0_392");
        assertThat(run("demo"))
                .isEqualTo(new Result(
                        1,
                        "",
                        "tributary: needs a JDK 17 or newer: set JAVA_HOME or put java on the PATH; JAVA_HOME is version 8"
                                + " (Debian, Ubuntu: apt install openjdk-17-jdk-headless)\n"));
    }

    @Test
    void noMaven_isOneLine() throws Exception {
        Files.delete(tools.resolve("bin/mvn"));
        assertThat(run("build"))
                .isEqualTo(
                        new Result(
                                1,
                                "",
                                "tributary: building needs Maven, but mvn is not on the PATH (Debian, Ubuntu: apt install maven)\n"));
    }

    @Test
    void runtimeWithoutCompiler_isOneLine() throws Exception {
        Files.delete(tools.resolve("jdk/bin/javac"));
        Result result = run("build");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("has no javac beside it").hasLineCount(1);
    }

    @Test
    void unknownCommand_andHelp_andVersion() throws Exception {
        assertThat(run("frobnicate").code()).isEqualTo(2);
        assertThat(run("frobnicate").err())
                .contains("there is no command \"frobnicate\"")
                .hasLineCount(1);
        assertThat(run("help").out()).contains("demo", "coordinator", "TRIBUTARY_JAVA_OPTS");
        assertThat(run().out()).isEqualTo(run("--help").out());
        assertThat(run("version").out()).isEqualTo("tributary 1.2.3\n");
    }

    private record Result(int code, String out, String err) {}

    private Result run(String... arguments) throws IOException, InterruptedException {
        return run(home.resolve("tributary"), arguments);
    }

    private Result run(Path script, String... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(tools.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("TRIBUTARY_"));
        builder.environment().put("JAVA_HOME", tools.resolve("jdk").toString());
        builder.environment().put("PATH", tools.resolve("bin") + ":" + systemTools());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** The usual commands without any Java or Maven of this machine. */
    private Path systemTools() throws IOException {
        Path usual = Files.createDirectories(folder.resolve("usual"));
        for (String name : List.of(
                "sh",
                "dirname",
                "readlink",
                "sed",
                "head",
                "find",
                "grep",
                "cat",
                "mkdir",
                "rm",
                "sleep",
                "tail",
                "touch",
                "mv",
                "df")) {
            Path link = usual.resolve(name);
            for (String place : List.of("/usr/bin", "/bin")) {
                Path target = Path.of(place, name);
                if (Files.isExecutable(target) && !Files.exists(link)) {
                    Files.createSymbolicLink(link, target);
                }
            }
        }
        return usual;
    }

    private void jdk(String version) throws IOException {
        write(tools.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n", LONG_AGO);
        tool("jdk/bin/java", "printf '%s|' \"$@\"");
    }

    private void tool(String path, String script) throws IOException {
        Path file = tools.resolve(path);
        write(file, "#!/bin/sh\n" + script + "\n", LONG_AGO);
        makeExecutable(file);
    }

    private static void makeExecutable(Path file) {
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static void write(Path file, String text, Instant modified) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
        Files.setLastModifiedTime(file, FileTime.from(modified));
    }
}
