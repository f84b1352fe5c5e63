package dev.lexigram.tenancy;

import java.util.regex.Pattern;

/** The grammars of texts that can be configured; each is matched as a whole. */
final class Forms {

    /** RFC 9110, section 5.6.2, bounded. */
    static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");

    /** Anything on one line that is not blank; claims may be named by URIs. */
    static final Pattern CLAIM = Pattern.compile("(?=.*[^ ])[^\\p{Cntrl}]{1,128}");

    static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

    static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_-]{1,63}");

    /** Bounded text without what would make it a URL; the resolver checks the rest. */
    static final Pattern DOMAIN = Pattern.compile("[^\\s\\p{Cntrl}/@:]{1,254}");

    static final Pattern PATH = Pattern.compile("/[!-~]{0,511}");

    static final Pattern RANGE = Pattern.compile("[0-9A-Fa-f:.]{2,45}(?:/[0-9]{1,3})?");

    static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");

    static final Pattern JDBC = Pattern.compile("jdbc:postgresql:[!-~]{1,2000}");

    /** Anything on one line. */
    static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}\u2028\u2029\u0085]{1,500}");

    private Forms() {}
}
