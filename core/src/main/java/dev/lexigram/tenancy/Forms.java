package dev.lexigram.tenancy;

import java.util.regex.Pattern;

/** The grammars of texts that can be configured; each is matched as a whole. */
final class Forms {

    /** RFC 9110, section 5.6.2, bounded. */
    static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");

    /** A token, or a JSON pointer (RFC 6901) in ASCII. */
    static final Pattern CLAIM = Pattern.compile(TOKEN.pattern() + "|/[!-~]{0,127}");

    static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

    static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_-]{1,63}");

    /** RFC 1123, section 2.1, with an optional dot in front. */
    static final Pattern DOMAIN = Pattern.compile(
            "\\.?[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?){0,20}");

    static final Pattern PATH = Pattern.compile("/[!-~]{0,511}");

    static final Pattern RANGE = Pattern.compile("[0-9A-Fa-f:.]{2,45}(?:/[0-9]{1,3})?");

    static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");

    static final Pattern JDBC = Pattern.compile("jdbc:postgresql:[!-~]{1,2000}");

    /** Anything on one line. */
    static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}\u2028\u2029\u0085]{1,500}");

    private Forms() {}
}
