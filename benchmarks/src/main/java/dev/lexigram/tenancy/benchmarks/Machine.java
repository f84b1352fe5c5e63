package dev.lexigram.tenancy.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What figures were measured on, as far as it matters to whoever compares them. */
final class Machine {

    private static final long GIBIBYTE = 1L << 30;

    private Machine() {}

    /** Cores, memory, system and JDK; no names. */
    static String description() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return "%d cores, %d GiB of memory, %s %s, JDK %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        Math.round((double) system.getTotalMemorySize() / GIBIBYTE),
                        system.getName(),
                        system.getArch(),
                        Runtime.version());
    }
}
