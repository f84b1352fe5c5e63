package dev.lexigram.tenancy.postgres.isolation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads SQL as far as it takes to tell its statements and their words apart (PostgreSQL documentation, "Lexical
 * Structure"): comments, literals and numbers are skipped. Expects {@code standard_conforming_strings}, the default.
 */
final class SqlLexer {

    private final String sql;
    private final List<List<String>> statements = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private int position;
    private boolean complete = true;

    private SqlLexer(String sql) {
        this.sql = sql;
    }

    /**
     * What was read.
     *
     * @param statements the words of each statement that is not empty; key words and names in lower case, quoted names
     *     with their quotes
     * @param complete false if a literal, a quoted name or a comment has no end
     */
    record Tokens(List<List<String>> statements, boolean complete) {}

    static Tokens read(String sql) {
        var lexer = new SqlLexer(sql);
        while (lexer.position < sql.length()) {
            lexer.next();
        }
        lexer.endStatement();
        return new Tokens(lexer.statements, lexer.complete);
    }

    private void next() {
        var character = sql.charAt(position);
        if (isWordStart(character)) {
            word();
        } else if (isDigit(character)) {
            position = endOfWord(position);
        } else if (character == '\'') {
            position = endOfQuoted('\'', false);
        } else if (character == '"') {
            var start = position;
            position = endOfQuoted('"', false);
            words.add(sql.substring(start, position));
        } else if (sql.startsWith("--", position)) {
            var end = endOfLine();
            position = end < 0 ? sql.length() : end + 1;
        } else if (sql.startsWith("/*", position)) {
            position = endOfComment();
        } else if (character == '$') {
            position = endOfDollar();
        } else {
            if (character == ';') {
                endStatement();
            }
            position++;
        }
    }

    private void word() {
        var end = endOfWord(position);
        var word = sql.substring(position, end).toLowerCase(Locale.ROOT);
        position = end;
        if (word.equals("e") && end < sql.length() && sql.charAt(end) == '\'') {
            position = endOfQuoted('\'', true);
        } else {
            words.add(word);
        }
    }

    private void endStatement() {
        if (!words.isEmpty()) {
            statements.add(words);
            words = new ArrayList<>();
        }
    }

    private int endOfWord(int from) {
        var end = from;
        while (end < sql.length()
                && (isWordStart(sql.charAt(end)) || isDigit(sql.charAt(end)) || sql.charAt(end) == '$')) {
            end++;
        }
        return end;
    }

    private int endOfLine() {
        var feed = sql.indexOf('\n', position);
        var carriage = sql.indexOf('\r', position);
        return feed < 0 || (carriage >= 0 && carriage < feed) ? carriage : feed;
    }

    private int endOfQuoted(char quote, boolean backslashes) {
        for (var at = position + 1; at < sql.length(); at++) {
            var character = sql.charAt(at);
            if (backslashes && character == '\\') {
                at++;
            } else if (character == quote) {
                if (at + 1 == sql.length() || sql.charAt(at + 1) != quote) {
                    return at + 1;
                }
                at++; // a doubled quote stands for itself
            }
        }
        return unfinished();
    }

    private int endOfComment() {
        var depth = 0;
        for (var at = position; at < sql.length() - 1; at++) {
            if (sql.startsWith("/*", at)) {
                depth++;
                at++;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at++;
                if (depth == 0) {
                    return at + 1;
                }
            }
        }
        return unfinished();
    }

    private int endOfDollar() {
        var tagEnd = position + 1;
        while (tagEnd < sql.length() && (isWordStart(sql.charAt(tagEnd)) || isDigit(sql.charAt(tagEnd)))) {
            tagEnd++;
        }
        var isTag = tagEnd < sql.length() && sql.charAt(tagEnd) == '$' && !isDigit(sql.charAt(position + 1));
        if (!isTag) {
            return position + 1;
        }
        var tag = sql.substring(position, tagEnd + 1);
        var close = sql.indexOf(tag, tagEnd + 1);
        return close < 0 ? unfinished() : close + tag.length();
    }

    private int unfinished() {
        complete = false;
        return sql.length();
    }

    private static boolean isWordStart(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || character == '_'
                || character >= 0x80;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
