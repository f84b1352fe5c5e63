package dev.lexigram.tenancy.postgres.driver;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Query;
import org.postgresql.core.SqlCommand;

/**
 * Several statements that go to the server in one write. To the driver it is one query that consists of others, with the
 * text of the application's: the driver looks at it for what no savepoint may precede.
 */
final class Pipeline implements Query {

    private final Query[] statements;
    private final Object[] parameters;
    private final ParameterList list;
    private final ParameterList none;
    private String text = "";
    private int size;

    /** Room for this many statements. {@code none} is the list of a statement without parameters. */
    Pipeline(int capacity, ParameterList none) {
        this.none = none;
        this.statements = new Query[capacity];
        this.parameters = DriverInternals.newParameters(capacity);
        Arrays.fill(parameters, none);
        this.list = DriverInternals.composite(parameters);
    }

    int capacity() {
        return statements.length;
    }

    /** Appends a single statement; no parameters is a list of its own. */
    void add(Query statement, @Nullable Object its) {
        statements[size] = statement;
        parameters[size] = its == null ? none : its;
        size++;
    }

    void setText(String text) {
        this.text = text;
    }

    /** The parameters of all statements, in a list as the driver wants it. */
    ParameterList parameters() {
        return list;
    }

    /** Keeps nothing of the application's, for the next use. */
    void clear() {
        Arrays.fill(parameters, none);
        text = "";
        size = 0;
    }

    @Override
    public Query[] getSubqueries() {
        return statements;
    }

    @Override
    public String getNativeSql() {
        return text;
    }

    @Override
    public String toString(@Nullable ParameterList parameters) {
        return text;
    }

    /** Since version 42.7.8 of the driver. */
    @Override
    public String toString(@Nullable ParameterList parameters, org.postgresql.core.v3.SqlSerializationContext context) {
        return text;
    }

    @Override
    public ParameterList createParameterList() {
        throw new IllegalStateException("A pipeline has its parameters already.");
    }

    @Override
    public @Nullable SqlCommand getSqlCommand() {
        return null;
    }

    @Override
    public void close() {}

    @Override
    public boolean isStatementDescribed() {
        return false;
    }

    @Override
    public boolean isEmpty() {
        return false;
    }

    @Override
    public int getBatchSize() {
        return 0;
    }

    @Override
    public @Nullable Map<String, Integer> getResultSetColumnNameIndexMap() {
        return null;
    }
}
