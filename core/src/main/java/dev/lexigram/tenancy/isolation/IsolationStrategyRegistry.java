package dev.lexigram.tenancy.isolation;

import dev.lexigram.tenancy.tenant.TenantIsolationException;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;

/** The isolation strategies that tenants may have, by name. Safe for use by many threads. */
public final class IsolationStrategyRegistry {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private final ConcurrentSkipListMap<String, IsolationStrategy> strategies = new ConcurrentSkipListMap<>();

    /**
     * Adds a strategy, in place of the one that has its name already.
     *
     * @throws IllegalArgumentException if its name is not of lower-case letters, digits and underscores
     */
    public void register(IsolationStrategy strategy) {
        var name = strategy.name();
        if (!isName(name)) {
            throw new IllegalArgumentException("The name of an isolation strategy must match " + NAME.pattern());
        }
        strategies.put(name, strategy);
    }

    /** The strategy of this name. @throws TenantIsolationException naming those that exist */
    public IsolationStrategy get(String name) {
        var strategy = strategies.get(name);
        if (strategy == null) {
            throw TenantIsolationException.of("No isolation strategy is named "
                    + (isName(name) ? "'" + name + "'" : "so (" + name.length() + " characters)")
                    + "; register it, or use one of " + names() + ".");
        }
        return strategy;
    }

    /** The names of all strategies, in alphabetical order. */
    public List<String> names() {
        return List.copyOf(strategies.keySet());
    }

    private static boolean isName(String text) {
        return text.length() <= 63 && NAME.matcher(text).matches();
    }
}
