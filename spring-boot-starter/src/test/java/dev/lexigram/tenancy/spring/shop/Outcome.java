package dev.lexigram.tenancy.spring.shop;

import dev.lexigram.tenancy.context.TenantContext;

/** What an operation of acme has seen and changed, of its own rows and of those of globex. */
record Outcome(boolean ownTouched, boolean foreignSeen, boolean foreignChanged, String failure) {

    /** Of an operation of acme, on tables that hold what a refill puts there; they hold it again afterwards. */
    static Outcome of(Operation operation, Target target, ShopTables tables) {
        var before = tables.contents();
        var seen = "";
        var failure = "none";
        try {
            seen = TenantContext.<String, Exception>callAs(
                    Shop.ACME, () -> String.valueOf(operation.body().on(target)));
        } catch (Exception raised) {
            failure = raised.toString();
        }
        var after = tables.contents();
        if (!after.equals(before)) {
            tables.refill();
        }
        return new Outcome(
                seen.contains("acme") || !after.own().equals(before.own()),
                seen.contains("globex") || after.own().contains("globex"),
                !after.foreign().equals(before.foreign()),
                failure);
    }

    boolean foreignTouched() {
        return foreignSeen || foreignChanged;
    }
}
