package dev.lexigram.tenancy.tenant;

import java.util.List;

/** What attackers send in place of an id or a slug. */
final class HostileTexts {

    static final List<String> ALL = List.of(
            "",
            " ",
            "a b",
            " acme",
            "acme ",
            "-acme",
            "_acme",
            "acme,globex",
            "acme.globex",
            "a\"; drop schema tb cascade; --",
            "acme'; drop schema public",
            "acme' or '1'='1",
            "nosuch, tb",
            "\"acme\"",
            "acme\n",
            "\nacme",
            "acme\r\nSet-Cookie: x",
            "\u001b[2Jacme",
            "a\u0000cme",
            "../b",
            "..%2fb",
            "a/b",
            "a\\b",
            "%61cme",
            "\u212Aiosk",
            "kio\u017Fk",
            "\u24D0cme",
            "\uFF41cme",
            "ac\u00ADme",
            "ac\u200Bme",
            "\u0430cme",
            "t\u0131tle",
            "\uD83D\uDE00",
            "\u202Eemca",
            "${jndi:ldap://x}",
            "#{7*7}",
            "acme;tenant=globex",
            "acme@globex");

    private HostileTexts() {}
}
