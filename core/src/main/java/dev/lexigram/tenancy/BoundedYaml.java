package dev.lexigram.tenancy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.DuplicateKeyException;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML document of plain maps, lists and scalars, and refuses what a configuration has no use for: tags, deep
 * nesting, duplicate keys, many aliases, several documents.
 *
 * <p>What it says of a broken document gives the place and never the text, which may be a secret.
 */
final class BoundedYaml {

    static final int MAX_BYTES = 1 << 20;

    private static final int MAX_DEPTH = 20;
    private static final int MAX_ALIASES = 50;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .setMaxAliasesForCollections(MAX_ALIASES)
            .setCodePointLimit(MAX_BYTES)
            .build();

    private BoundedYaml() {}

    /** @throws Unreadable if a document is larger than {@link #MAX_BYTES} */
    static void checkSize(int bytes) throws Unreadable {
        if (bytes > MAX_BYTES) {
            throw new Unreadable(Optional.empty(), "it is larger than " + MAX_BYTES + " bytes");
        }
    }

    /** What the document holds; null if it is empty. @throws Unreadable saying where and why */
    static @Nullable Object read(String text) throws Unreadable {
        try {
            checkEvents(text);
            return new Load(SETTINGS).loadFromString(text);
        } catch (DuplicateKeyException duplicate) {
            throw new Unreadable(duplicate.getProblemMark(), "a key stands there twice; keep one of them");
        } catch (MarkedYamlEngineException broken) {
            throw new Unreadable(broken.getProblemMark(), "that is not one valid YAML document");
        } catch (YamlEngineException broken) {
            throw new Unreadable(Optional.empty(), "it is not one valid YAML document of bounded size");
        }
    }

    // The composer that runs after this one is recursive: depth must be bounded before it starts.
    private static void checkEvents(String text) throws Unreadable {
        int depth = 0;
        for (var event : new Parse(SETTINGS).parseString(text)) {
            if (tagOf(event).isPresent()) {
                throw new Unreadable(event.getStartMark(), "tags are not read; remove the tag");
            }
            if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                throw new Unreadable(event.getStartMark(), "it is nested more than " + MAX_DEPTH + " deep");
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
    }

    private static Optional<String> tagOf(Event event) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getTag();
        }
        return event instanceof CollectionStartEvent collection ? collection.getTag() : Optional.empty();
    }

    /** Why a document cannot be read. */
    static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        private Unreadable(Optional<Mark> place, String why) {
            super(place.map(mark -> "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": ")
                            .orElse("")
                    + why);
        }
    }
}
