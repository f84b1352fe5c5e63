/**
 * The help desk once it has tenants: what was there belongs to the first one, and under traffic nothing reaches another.
 *
 * <p>Start at {@code AdoptionTest}, which goes the way of docs/adopting.md.
 */
@NullMarked
package com.example.helpdesk;

import org.jspecify.annotations.NullMarked;
