/** The how-tos of docs/howtos.md as tests: what stands between two tags of a test is what the document shows. */
@NullMarked
package dev.lexigram.tenancy.howto;

import org.jspecify.annotations.NullMarked;
