/**
 * Two tenants in heavy traffic on one service, with its database connections cut at random: no byte of one tenant may
 * reach the other.
 *
 * <p>Start at {@link dev.lexigram.tenancy.acceptance.traffic.TrafficProof}; what a service is about is its
 * {@link dev.lexigram.tenancy.acceptance.traffic.Domain}. It stands outside the packages of the samples, so that their
 * scan for components does not find the careless routes that are made here.
 */
@NullMarked
package dev.lexigram.tenancy.acceptance.traffic;

import org.jspecify.annotations.NullMarked;
