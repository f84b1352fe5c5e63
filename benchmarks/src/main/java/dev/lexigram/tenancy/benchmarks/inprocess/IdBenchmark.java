package dev.lexigram.tenancy.benchmarks.inprocess;

import dev.lexigram.tenancy.resolution.Resolution;
import dev.lexigram.tenancy.tenant.TenantId;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Whether a text is an id, or a reference; the floor looks each character up in a table and does nothing else. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IdBenchmark {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,55}");
    private static final boolean[] ALLOWED = allowed();

    @Param({"uuid", "name"})
    public String form = "uuid";

    private String[] texts = {};
    private int next;

    @Setup
    public void prepare() {
        texts = form.equals("uuid") ? Texts.uuids() : Texts.names();
    }

    @Benchmark
    public boolean id() {
        return TenantId.parse(text()).isPresent();
    }

    @Benchmark
    public boolean reference() {
        return Resolution.resolved(text()) instanceof Resolution.Resolved;
    }

    @Benchmark
    public boolean regex() {
        return FORM.matcher(text()).matches();
    }

    @Benchmark
    public boolean floor() {
        return isAllowed(text());
    }

    @Benchmark
    public boolean floorAgain() {
        return isAllowed(text());
    }

    private String text() {
        return texts[next++ & (Texts.COUNT - 1)];
    }

    private static boolean isAllowed(String text) {
        if (text.isEmpty() || text.length() > TenantId.MAX_LENGTH) {
            return false;
        }
        for (var at = 0; at < text.length(); at++) {
            var symbol = text.charAt(at);
            if (symbol >= ALLOWED.length || !ALLOWED[symbol]) {
                return false;
            }
        }
        return text.charAt(0) != '-' && text.charAt(0) != '_';
    }

    private static boolean[] allowed() {
        var allowed = new boolean[128];
        for (var symbol : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-".toCharArray()) {
            allowed[symbol] = true;
        }
        return allowed;
    }
}
