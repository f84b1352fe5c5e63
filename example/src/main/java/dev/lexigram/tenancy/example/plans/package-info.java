/** The price list of the service itself: the same for every tenant, and for those who are none yet. */
@NullMarked
package dev.lexigram.tenancy.example.plans;

import org.jspecify.annotations.NullMarked;
