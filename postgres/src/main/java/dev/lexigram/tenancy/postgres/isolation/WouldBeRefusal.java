package dev.lexigram.tenancy.postgres.isolation;

/**
 * A place in an application at which something happened that will be refused.
 *
 * @param kind what it was
 * @param table which table it met, with its schema, for people; empty where it met none
 * @param location the method and line of the application that asked for it
 * @param count how often
 */
public record WouldBeRefusal(Kind kind, String table, String location, long count) {

    /** What would be refused. */
    public enum Kind {

        /** A statement met rows with no tenant bound. */
        WITHOUT_TENANT("a statement with no tenant"),

        /**
         * A statement of one tenant met a row of another, or of none, which it will not see. It may have passed it over by
         * a condition of its own: conditions between tables, and those that may leak, are asked after the policies.
         */
        OTHER_TENANT("a row of another tenant"),

        /** A statement of one tenant wrote a row for another, or for none. */
        WRITTEN_FOR_OTHER("a row written for another tenant"),

        /** A connection that was borrowed for one tenant, or for none, worked while another was current. */
        OTHER_BORROWER("a connection that another tenant, or none, has borrowed"),

        /** The binder in use could not bind it to a tenant. */
        NOT_BOUND("something that the binder cannot bind");

        private final String meaning;

        Kind(String meaning) {
            this.meaning = meaning;
        }

        /** What it was, for people. */
        public String meaning() {
            return meaning;
        }
    }
}
