/**
 * Two tenants in heavy traffic on one service, with its database connections cut at random: no byte of one tenant may
 * reach the other. Start at {@link dev.lexigram.tenancy.traffic.TrafficTest}. It stands beside the service's own
 * package, so that the service's scan for components does not find the careless routes that are made here.
 */
@NullMarked
package dev.lexigram.tenancy.traffic;

import org.jspecify.annotations.NullMarked;
