package dev.lexigram.tenancy.postgres.driver;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;

/** What is not public in the driver, reached by method handles; the page of this package gives the reasons. */
final class DriverInternals {

    private static final String PACKAGE = "org.postgresql.core.v3.";

    private DriverInternals() {}

    /** Why this driver cannot be used so, if it cannot. */
    static Optional<String> missing() {
        try {
            MethodHandles.lookup().ensureInitialized(Handles.class);
            return Optional.empty();
        } catch (ExceptionInInitializerError missing) {
            return Optional.of(String.valueOf(missing.getCause()));
        } catch (IllegalAccessException | LinkageError missing) {
            return Optional.of(missing.toString());
        }
    }

    /** A place for the parameters of so many single statements. */
    static Object[] newParameters(int statements) {
        return (Object[]) Array.newInstance(Handles.SINGLE, statements);
    }

    /** These parameters as one list, which goes on to look into the array. */
    static ParameterList composite(Object[] parameters) {
        try {
            return (ParameterList) Handles.COMPOSITE.invokeExact(parameters, new int[parameters.length]);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** The parameters of the single statements of this list, or none if it belongs to one statement. */
    static Object @Nullable [] parts(ParameterList parameters) {
        try {
            return (Object[]) Handles.PARTS.invokeExact(parameters);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** How many bytes a row of this described statement has at most; negative if that is not known. */
    static int rowSize(Query single) {
        try {
            return (int) Handles.ROW_SIZE.invokeExact(single);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** Takes this many bytes for the size of a row, until the statement is described anew; null: asks again. */
    static void assumeRowSize(Query single, @Nullable Integer bytes) {
        try {
            Handles.ASSUME_ROW_SIZE.invokeExact(single, bytes);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** Has everything that was prepared on this connection prepared anew before it is executed again. */
    static void forgetPrepared(QueryExecutor executor) {
        try {
            var epoch = (short) Handles.EPOCH.invokeExact(executor);
            Handles.SET_EPOCH.invokeExact(executor, (short) (epoch + 1));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    private static RuntimeException unexpected(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    // In constants, so that the compiler of the virtual machine sees through them.
    private static final class Handles {

        static final Class<?> SINGLE;
        static final MethodHandle COMPOSITE;
        static final MethodHandle PARTS;
        static final MethodHandle ROW_SIZE;
        static final MethodHandle ASSUME_ROW_SIZE;
        static final MethodHandle EPOCH;
        static final MethodHandle SET_EPOCH;

        static {
            try {
                SINGLE = named("SimpleParameterList");
                var singles = SINGLE.arrayType();
                var list = named("CompositeParameterList");
                COMPOSITE = in(list).findConstructor(list, methodType(void.class, singles, int[].class))
                        .asType(methodType(ParameterList.class, Object[].class, int[].class));
                var anyList = named("V3ParameterList");
                PARTS = in(anyList)
                        .findVirtual(anyList, "getSubparams", methodType(singles))
                        .asType(methodType(Object[].class, ParameterList.class));
                var query = named("SimpleQuery");
                ROW_SIZE = in(query)
                        .findVirtual(query, "getMaxResultRowSize", methodType(int.class))
                        .asType(methodType(int.class, Query.class));
                ASSUME_ROW_SIZE = in(query)
                        .findSetter(query, "cachedMaxResultRowSize", Integer.class)
                        .asType(methodType(void.class, Query.class, Integer.class));
                var executor = named("QueryExecutorImpl");
                EPOCH = in(executor)
                        .findGetter(executor, "deallocateEpoch", short.class)
                        .asType(methodType(short.class, QueryExecutor.class));
                SET_EPOCH = in(executor)
                        .findSetter(executor, "deallocateEpoch", short.class)
                        .asType(methodType(void.class, QueryExecutor.class, short.class));
            } catch (ReflectiveOperationException failure) {
                throw new IllegalStateException(failure);
            }
        }

        private static Class<?> named(String name) throws ClassNotFoundException {
            return Class.forName(PACKAGE + name, true, Query.class.getClassLoader());
        }

        private static MethodHandles.Lookup in(Class<?> type) throws IllegalAccessException {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        }
    }
}
