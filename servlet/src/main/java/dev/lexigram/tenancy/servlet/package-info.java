/**
 * The edge of a Jakarta Servlet container: requests come in, are admitted, run as their tenant, and refusals become
 * answers.
 *
 * <p>Start at {@link dev.lexigram.tenancy.servlet.TenantContextFilter}. May import core and the Servlet API; knows
 * nothing of Spring.
 */
@NullMarked
package dev.lexigram.tenancy.servlet;

import org.jspecify.annotations.NullMarked;
