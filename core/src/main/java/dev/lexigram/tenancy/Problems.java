package dev.lexigram.tenancy;

import dev.lexigram.tenancy.enforcement.LogText;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The problems of one start, gathered so that all are reported at once. */
final class Problems {

    private static final int SHOWN = 50;
    private static final int LENGTH = 80;

    private final List<String> found = new ArrayList<>();
    private int hidden;

    void add(String problem) {
        add(() -> problem);
    }

    /** Adds a problem whose text is only made where there is room for it. */
    void add(Supplier<String> problem) {
        if (found.size() < SHOWN) {
            found.add(problem.get());
        } else {
            hidden++;
        }
    }

    void addAll(List<String> problems) {
        problems.forEach(this::add);
    }

    /** @throws TenancyConfigurationException if there is any */
    void raiseIfAny() {
        if (hidden > 0) {
            found.add("and " + hidden + " more");
        }
        if (!found.isEmpty()) {
            throw TenancyConfigurationException.of(found);
        }
    }

    /** Text of the configuration as it may stand in a message: one line, plain ASCII, bounded. */
    static String shown(String text) {
        return "'" + LogText.escaped(text, LENGTH) + "'";
    }
}
