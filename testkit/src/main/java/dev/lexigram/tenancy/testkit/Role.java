package dev.lexigram.tenancy.testkit;

/** Who a test connects as. What each may do stands in {@code roles.sql} of the postgres module. */
public enum Role {
    SUPERUSER("postgres"),
    MIGRATOR("tenancy_migrator"),
    APP("tenancy_app"),
    ADMIN("tenancy_admin"),
    CONTROL("tenancy_control"),
    PROVISIONER("tenancy_provisioner");

    private final String login;

    Role(String login) {
        this.login = login;
    }

    /** The name of the login in PostgreSQL; it needs no password on a test server. */
    public String login() {
        return login;
    }
}
