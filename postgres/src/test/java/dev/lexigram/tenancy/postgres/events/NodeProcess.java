package dev.lexigram.tenancy.postgres.events;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link NodeProgram} and its leash. */
final class NodeProcess implements AutoCloseable {

    private final Process process;
    private final PrintStream commands;
    private final BufferedReader answers;

    private NodeProcess(Process process) {
        this.process = process;
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static NodeProcess start(String jdbcUrl, String mode) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try {
            var process = new NodeProcess(new ProcessBuilder(List.of(
                            java,
                            "-XX:TieredStopAtLevel=1",
                            "-Xshare:auto",
                            "-cp",
                            System.getProperty("java.class.path"),
                            NodeProgram.class.getName(),
                            jdbcUrl,
                            mode))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
            if (!"ready".equals(process.answer())) {
                throw new IllegalStateException("The node did not start");
            }
            return process;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void tell(String command) {
        commands.println(command);
    }

    /** The next line; null once the process is dead. */
    @Nullable
    String answer() {
        try {
            return answers.readLine();
        } catch (IOException dead) {
            return null;
        }
    }

    @Nullable
    String ask(String command) {
        tell(command);
        return answer();
    }

    /** Stops it where it stands, by SIGSTOP. */
    void pause() {
        signal("-STOP");
    }

    /** Lets it go on, by SIGCONT. */
    void resume() {
        signal("-CONT");
    }

    /** Ends it by SIGKILL. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }
}
