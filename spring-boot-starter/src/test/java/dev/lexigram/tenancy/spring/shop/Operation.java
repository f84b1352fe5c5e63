package dev.lexigram.tenancy.spring.shop;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that an application does to rows.
 *
 * @param keysAlone whether the keys alone, which carry the tenant, already keep it off the rows of others
 */
record Operation(String name, Body body, boolean keysAlone) {

    /** What it does; what it has seen comes back, as something whose text tells. */
    @FunctionalInterface
    interface Body {
        @Nullable
        Object on(Target target) throws Exception;
    }

    static Operation of(String name, Body body) {
        return new Operation(name, body, false);
    }

    static Operation keptOffByKeys(String name, Body body) {
        return new Operation(name, body, true);
    }

    @Override
    public String toString() {
        return name;
    }

    /** Where several come from. */
    interface Source {
        List<Operation> operations();
    }
}
