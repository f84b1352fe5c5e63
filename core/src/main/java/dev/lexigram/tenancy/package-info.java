/**
 * The assembled library and its configuration.
 *
 * <p>The path of a request, one class per arrow; each step is silent on success and says on refusal why:
 *
 * <pre>
 * call
 *  -&gt; an edge, such as the servlet module's TenantContextFilter
 *  -&gt; {@link dev.lexigram.tenancy.enforcement.TenantAdmission}     the three steps below, free of frameworks
 *       -&gt; {@link dev.lexigram.tenancy.resolution.CompositeResolver}    which tenant does the call name?
 *       -&gt; {@link dev.lexigram.tenancy.enforcement.TenantValidator}     does it exist, and is it active?
 *       -&gt; {@link dev.lexigram.tenancy.enforcement.TenantMembership}    may this caller act there?
 *  -&gt; {@link dev.lexigram.tenancy.context.TenantContext}           bound for exactly this call, or to nothing
 *  -&gt; {@link dev.lexigram.tenancy.enforcement.TenantGuard}         403 without an active tenant
 *  -&gt; your code
 *  -&gt; {@link dev.lexigram.tenancy.isolation.IsolationStrategy}     confines the connection
 *  -&gt; PostgreSQL                                                   refuses every other tenant's rows
 * </pre>
 *
 * <p>Start at {@link dev.lexigram.tenancy.Tenancy}; every key of the configuration stands in {@code ResolutionSettings}
 * and {@code SectionSettings}. May import every package of core; nothing in core imports this one.
 */
@NullMarked
package dev.lexigram.tenancy;

import org.jspecify.annotations.NullMarked;
