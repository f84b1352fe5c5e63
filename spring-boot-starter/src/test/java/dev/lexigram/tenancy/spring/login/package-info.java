/** An application whose users log in with a password that a table keeps. */
@NullMarked
package dev.lexigram.tenancy.spring.login;

import org.jspecify.annotations.NullMarked;
