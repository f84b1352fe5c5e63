package dev.lexigram.tenancy.postgres.driver;

import java.sql.SQLException;
import org.postgresql.core.Oid;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;

/**
 * The statements that travel with those of the application on one physical connection. Each parameter of each is the one
 * value to which the connection is bound while it is borrowed.
 */
final class Companions {

    private static final int NAMED = QueryExecutor.QUERY_SUPPRESS_BEGIN; // and not one-shot

    private final CompanionTexts texts;
    private final Companion bind;
    private final Companion renew;
    private final Companion check;
    private final ParameterList none;

    Companions(QueryExecutor executor, CompanionTexts texts) throws SQLException {
        this.texts = texts;
        this.bind = Companion.of(executor, texts.bind());
        this.renew = Companion.of(executor, texts.renew());
        this.check = Companion.of(executor, texts.check());
        this.none = executor.createQuery("commit", false, true).query.createParameterList();
    }

    boolean are(CompanionTexts wanted) {
        return texts.equals(wanted);
    }

    boolean include(Query query) {
        return query == bind.query() || query == check.query() || query == renew.query();
    }

    void setValue(String value) throws SQLException {
        bind.setValue(value);
        renew.setValue(value);
        check.setValue(value);
    }

    /** The parameters of a statement that has none. */
    ParameterList none() {
        return none;
    }

    void addLead(Script.Lead lead, Pipeline pipeline) {
        switch (lead) {
            case NOTHING -> {}
            case BIND -> bind.addTo(pipeline);
            case RENEW -> renew.addTo(pipeline);
            case CHECK -> check.addTo(pipeline);
        }
    }

    /** Has the server keep the statements that travel most, so that they are parsed once for each connection. */
    void prepare(QueryExecutor executor) throws SQLException {
        var pipeline = new Pipeline(2, none);
        bind.addTo(pipeline);
        check.addTo(pipeline);
        executor.execute(pipeline, pipeline.parameters(), new Silence(), 0, 0, NAMED);
    }

    private record Companion(Query query, ParameterList parameters) {

        static Companion of(QueryExecutor executor, String sql) throws SQLException {
            var query = executor.createQuery(sql, false, true).query;
            return new Companion(query, query.createParameterList());
        }

        void setValue(String value) throws SQLException {
            parameters.clear();
            for (var index = 1; index <= parameters.getParameterCount(); index++) {
                parameters.setStringParameter(index, value, Oid.TEXT);
            }
        }

        void addTo(Pipeline pipeline) {
            pipeline.add(query, parameters);
        }
    }
}
