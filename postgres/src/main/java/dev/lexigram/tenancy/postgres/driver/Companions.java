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

    private final Trio extended;
    private final Trio simple; // other objects: in the simple mode the driver forgets what it knows of a statement
    private final ParameterList none;
    private final boolean decideNames;

    Companions(QueryExecutor executor, CompanionTexts texts) throws SQLException {
        this.decideNames = texts.decidesNames();
        this.extended = Trio.of(executor, texts);
        this.simple = Trio.of(executor, texts);
        this.none = executor.createQuery("commit", false, true).query.createParameterList();
    }

    boolean decideNames() {
        return decideNames;
    }

    boolean include(Query query) {
        return extended.includes(query) || simple.includes(query);
    }

    void setValue(String value) throws SQLException {
        extended.setValue(value);
        simple.setValue(value);
    }

    /** The parameters of a statement that has none. */
    ParameterList none() {
        return none;
    }

    void addLead(Script.Lead lead, boolean simply, Pipeline pipeline) {
        var trio = simply ? simple : extended;
        switch (lead) {
            case NOTHING -> {}
            case BIND -> trio.bind.addTo(pipeline);
            case RENEW -> trio.renew.addTo(pipeline);
            case CHECK -> trio.check.addTo(pipeline);
        }
    }

    /** Has the server keep the statements that travel most, so that they are parsed once for each connection. */
    void prepare(QueryExecutor executor) throws SQLException {
        var pipeline = new Pipeline(2, none);
        extended.bind.addTo(pipeline);
        extended.check.addTo(pipeline);
        var flags =
                decideNames ? NAMED | QueryExecutor.QUERY_DESCRIBE_ONLY : NAMED; // else it fails with what is not there
        executor.execute(pipeline, pipeline.parameters(), new Silence(), 0, 0, flags);
    }

    private record Trio(Companion bind, Companion renew, Companion check) {

        static Trio of(QueryExecutor executor, CompanionTexts texts) throws SQLException {
            return new Trio(
                    Companion.of(executor, texts.bind()),
                    Companion.of(executor, texts.renew()),
                    Companion.of(executor, texts.check()));
        }

        boolean includes(Query query) {
            return query == bind.query || query == check.query || query == renew.query;
        }

        void setValue(String value) throws SQLException {
            bind.setValue(value);
            renew.setValue(value);
            check.setValue(value);
        }
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
