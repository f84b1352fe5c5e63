/**
 * The one place that touches the inside of the PostgreSQL driver: it lets statements of the library travel with the
 * application's, in the same write and the same transaction. It knows nothing of tenants; what travels with what is
 * decided by an {@link dev.lexigram.tenancy.postgres.driver.Escort}.
 *
 * <p>Start at {@link dev.lexigram.tenancy.postgres.driver.TenancyDriver}, which makes the connections, then
 * {@code EscortedExecutor}. May import pgjdbc, slf4j and the JDK only.
 *
 * <h2>Why inside the driver</h2>
 *
 * <p>A binding is local to its transaction, so it has to precede the first statement of every transaction. Sent as a
 * statement of its own it costs a round trip; put in front of the application's text by a JDBC wrapper it breaks
 * generated keys, batches, callables, metadata and plain statements. Every path of the driver, however, ends in one
 * interface, {@code QueryExecutor}, with the statement already parsed. There the binding can go first in the same
 * pipeline of the extended protocol, whose statements up to the next Sync are one transaction (PostgreSQL's
 * documentation, "Pipelining").
 *
 * <h2>What is touched</h2>
 *
 * <ul>
 *   <li>{@code PgConnection} is subclassed for its public {@code getQueryExecutor()}, which the driver's statements,
 *       results, COPY and fast path all ask. Both are public, but not meant for applications.
 *   <li>{@code Query} is implemented, so that several statements go as one. The driver takes such a query apart into its
 *       own kind of statements, which these are.
 *   <li>The parameters of such a query have to be a {@code CompositeParameterList}, whose constructor is not public.
 *   <li>{@code SimpleQuery.cachedMaxResultRowSize} is set to 0 for the time of an execution. Where the driver knows that a
 *       row has no bounded size, it sends a Sync before the statement, so as never to wait for a server that waits for
 *       it; behind a binding, that Sync would end the transaction that is bound. What precedes is a reply of a few
 *       bytes, so nobody waits. The value is cleared afterwards, and "described" is never touched: it tells how results
 *       are read.
 *   <li>{@code QueryExecutorImpl.deallocateEpoch} goes up when the connection is bound to another schema, as it does when the
 *       driver sees a {@code SET search_path}: the same text names other tables then, perhaps with other columns, and a
 *       statement that was prepared for the former ones would fail ("cached plan must not change result type").
 * </ul>
 *
 * <p>The last three are reached by method handles, found once. If one is missing, the driver is of another version, or a
 * start-up test of the behaviour fails, connections are bound over public JDBC instead.
 */
@NullMarked
package dev.lexigram.tenancy.postgres.driver;

import org.jspecify.annotations.NullMarked;
