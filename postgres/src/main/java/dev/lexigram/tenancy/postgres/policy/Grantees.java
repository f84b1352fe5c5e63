package dev.lexigram.tenancy.postgres.policy;

/**
 * The roles that DDL of isolation names. Immutable.
 *
 * @param owner owns tables and functions
 * @param app serves requests
 * @param admin reads across tenants
 */
public record Grantees(String owner, String app, String admin) {

    public static final Grantees DEFAULTS = new Grantees("tenancy_owner", "tenancy_app", "tenancy_admin");

    /** @throws IllegalArgumentException if a name is that of everyone, or the application would own tables */
    public Grantees {
        check(owner);
        check(app);
        check(admin);
        if (owner.equals(app)) {
            throw new IllegalArgumentException("The application's role must not own the tables");
        }
    }

    public Grantees withOwner(String role) {
        return new Grantees(role, app, admin);
    }

    public Grantees withApp(String role) {
        return new Grantees(owner, role, admin);
    }

    public Grantees withAdmin(String role) {
        return new Grantees(owner, app, role);
    }

    // PostgreSQL reads even a quoted "public" as everyone.
    private static void check(String role) {
        if (role.isBlank() || role.equals("public") || role.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A role must have a name of its own, not public");
        }
    }
}
