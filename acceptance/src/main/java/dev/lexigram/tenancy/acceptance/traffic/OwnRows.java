package dev.lexigram.tenancy.acceptance.traffic;

import static java.util.Objects.requireNonNull;

import com.jayway.jsonpath.JsonPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/**
 * The rows of one tenant that one thread has made and that it alone changes, so that it knows what every answer must
 * hold. Where the server failed, what it has done by then is not known: until it is seen again, a row may have one of
 * several texts, or be gone.
 */
final class OwnRows {

    private final Client client;
    private final Party party;
    private final Resource resource;
    private final String tag;
    private final Random random;
    private final Map<Long, Row> rows = new LinkedHashMap<>();
    private final Set<String> unconfirmed = new HashSet<>();
    private int named;

    /** @param tag stands in the text of all these rows and of no others */
    OwnRows(Client client, Party party, Resource resource, String tag, Random random) {
        this.client = client;
        this.party = party;
        this.resource = resource;
        this.tag = tag;
        this.random = random;
    }

    Party party() {
        return party;
    }

    String path() {
        return resource.path(random);
    }

    String path(long id) {
        return path() + "/" + id;
    }

    /** What would make such a row of this tenant. */
    String body(Party whose, String name) {
        return resource.body(whose, name);
    }

    /** One of its rows. */
    OptionalLong anyId() {
        return rows.keySet().stream()
                .skip(rows.isEmpty() ? 0 : random.nextInt(rows.size()))
                .mapToLong(id -> id)
                .findFirst();
    }

    void create() {
        if (rows.size() >= resource.mostPerThread()) {
            delete();
            return;
        }
        var name = nextName();
        var answer = client.ask(Kind.CREATE, party, "POST", path(), resource.body(party, name));
        if (answer.is(answer.status() == 201 && resource.text(answer.body()).equals(party.text(name)))) {
            rows.put(id(answer.body()), new Row(party.text(name)));
        } else if (answer.isBroken()) {
            unconfirmed.add(party.text(name));
        }
    }

    void read() {
        anyId().ifPresentOrElse(id -> seen(id, client.ask(Kind.READ, party, "GET", path(id), "")), this::create);
    }

    /** Replaces a row, or acts on it where that is how it changes. */
    void update() {
        var id = anyId();
        if (id.isEmpty()) {
            create();
        } else if (resource.action().isPresent()) {
            var path = path(id.getAsLong()) + resource.action().get();
            seen(id.getAsLong(), client.ask(Kind.UPDATE, party, "POST", path, ""));
        } else {
            rename(id.getAsLong());
        }
    }

    void delete() {
        anyId().ifPresentOrElse(this::delete, this::create);
    }

    /** Searches for its own rows, which are all there and no others. */
    void search() {
        var answer = client.ask(Kind.SEARCH, party, "GET", path() + "?name=" + tag, "");
        if (answer.status() != 200) {
            answer.is(false);
            return;
        }
        var found = new LinkedHashMap<Long, String>();
        List<Map<String, Object>> listed = JsonPath.read(answer.body(), "$");
        listed.forEach(
                row -> found.put(((Number) requireNonNull(row.get("id"))).longValue(), (String) row.get("name")));
        answer.is(compare(found).isEmpty());
    }

    /** What is wrong with these rows, if they are all that have its tag. */
    List<String> compare(Map<Long, String> found) {
        var surprises = new ArrayList<String>();
        rows.entrySet().removeIf(entry -> entry.getValue().mayBeGone && !found.containsKey(entry.getKey()));
        rows.forEach((id, row) -> {
            if (!found.containsKey(id)) {
                surprises.add("row " + id + " is gone");
            } else if (!row.isNow(found.get(id))) {
                surprises.add("row " + id + " has another text");
            }
        });
        found.forEach((id, text) -> {
            if (!rows.containsKey(id)) {
                if (unconfirmed.remove(text)) {
                    rows.put(id, new Row(text));
                } else {
                    surprises.add("row " + id + " should not be there");
                }
            }
        });
        return surprises;
    }

    /** As {@link #compare}, with what the database really holds. */
    List<String> compare(Tables tables) {
        return compare(tables.rows(party, resource, tag)).stream()
                .map(surprise -> resource + " of " + party + " and " + tag + ": " + surprise)
                .toList();
    }

    private void rename(long id) {
        var name = nextName();
        var answer = client.ask(Kind.UPDATE, party, "PUT", path(id), resource.body(party, name));
        if (answer.isBroken()) {
            row(id).mayBe(party.text(name));
        } else {
            if (answer.status() == 200) {
                rows.put(id, new Row(party.text(name)));
            }
            seen(id, answer);
        }
    }

    private void delete(long id) {
        var answer = client.ask(Kind.DELETE, party, "DELETE", path(id), "");
        if (answer.isBroken()) {
            row(id).mayBeGone = true;
        } else if (answer.is(answer.status() == 204 || answer.status() == 404 && row(id).mayBeGone)) {
            rows.remove(id);
        }
    }

    private void seen(long id, Client.Answer answer) {
        var row = row(id);
        if (answer.status() == 404 && row.mayBeGone) {
            answer.is(true);
            rows.remove(id);
        } else {
            answer.is(answer.status() == 200 && id(answer.body()) == id && row.isNow(resource.text(answer.body())));
        }
    }

    private Row row(long id) {
        return requireNonNull(rows.get(id));
    }

    private String nextName() {
        return tag + named++;
    }

    private static long id(String json) {
        return ((Number) JsonPath.read(json, "$.id")).longValue();
    }

    /** What is known of one row. */
    private static final class Row {

        private final Set<String> texts = new HashSet<>();
        private boolean mayBeGone;

        Row(String text) {
            texts.add(text);
        }

        void mayBe(String text) {
            texts.add(text);
        }

        /** Whether this can be; if so, it is what is known from now on. */
        boolean isNow(String text) {
            if (!texts.contains(text)) {
                return false;
            }
            texts.retainAll(Set.of(text));
            mayBeGone = false;
            return true;
        }
    }
}
