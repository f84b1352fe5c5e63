package dev.lexigram.tenancy.postgres.driver;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandler;

/**
 * The executor that the driver's classes see: what executes goes to the {@link EscortedExecutor}, everything else to the
 * driver's own. A proxy rather than a class, as the interface has grown and changed within the range of versions.
 */
final class ExecutorProxy implements InvocationHandler {

    private final QueryExecutor executor;
    private final EscortedExecutor escorted;

    private ExecutorProxy(QueryExecutor executor, EscortedExecutor escorted) {
        this.executor = executor;
        this.escorted = escorted;
    }

    static QueryExecutor of(QueryExecutor executor, EscortedExecutor escorted) {
        return (QueryExecutor) Proxy.newProxyInstance(
                QueryExecutor.class.getClassLoader(),
                new Class<?>[] {QueryExecutor.class},
                new ExecutorProxy(executor, escorted));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given) throws Throwable {
        if (given != null) {
            switch (method.getName()) {
                case "execute":
                    execute(given);
                    return null;
                case "fetch":
                    escorted.fetch(
                            (ResultCursor) given[0], (ResultHandler) given[1], (int) given[2], (boolean) given[3]);
                    return null;
                case "fastpathCall":
                    return escorted.fastpathCall((int) given[0], (ParameterList) given[1], (boolean) given[2]);
                case "startCopy":
                    return escorted.startCopy((String) given[0], (boolean) given[1]);
                default:
            }
        }
        try {
            return method.invoke(executor, given);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    private void execute(@Nullable Object[] given) throws SQLException {
        var how = new Execution(
                (ResultHandler) given[2],
                (int) given[3],
                (int) given[4],
                (int) given[5],
                given.length > 6 && (boolean) given[6]);
        if (given[0] instanceof Query query) {
            escorted.execute(Work.of(query, (ParameterList) given[1]), how);
        } else {
            escorted.execute(new Work.Batch((Query[]) given[0], (ParameterList[]) given[1]), how);
        }
    }
}
