package dev.lexigram.tenancy.benchmarks.database;

/** The kinds of work that are measured, each with what row-level isolation may cost in it. */
enum Case {
    ONE_ROW("one-row", "One row in autocommit", 1.20, 1.03) {
        @Override
        Work through(Access access) {
            return new JdbcWork(access, false, 1);
        }
    },
    MANY_ROWS("many-rows", Rows.MANY + " rows in autocommit", 1.10, Double.POSITIVE_INFINITY) {
        @Override
        Work through(Access access) {
            return new JdbcWork(access, false, Rows.MANY);
        }
    },
    TRANSACTION("transaction", "One row in a transaction", 1.12, 1.02) {
        @Override
        Work through(Access access) {
            return new JdbcWork(access, true, 1);
        }
    },
    HIBERNATE_FIND(
            "hibernate-find",
            "One entity by its id, in a transaction of plain Hibernate",
            1.12,
            Double.POSITIVE_INFINITY) {
        @Override
        Work through(Access access) {
            return new HibernateWork(access, true);
        }
    },
    HIBERNATE_QUERY(
            "hibernate-query",
            Rows.MANY + " entities by a query, in a transaction of plain Hibernate",
            1.12,
            Double.POSITIVE_INFINITY) {
        @Override
        Work through(Access access) {
            return new HibernateWork(access, false);
        }
    };

    final String suite;
    final String title;
    private final double goal;
    private final double goalOverNetwork;

    Case(String suite, String title, double goal, double goalOverNetwork) {
        this.suite = suite;
        this.title = title;
        this.goal = goal;
        this.goalOverNetwork = goalOverNetwork;
    }

    /** The work, through a contender that is open. */
    abstract Work through(Access access);

    /** The highest ratio to the floor that is good enough, or infinity where nobody has said one. */
    double goal(Network network) {
        return switch (network) {
            case LOOPBACK -> goal;
            case DELAYED -> goalOverNetwork;
        };
    }
}
