package dev.lexigram.tenancy.acceptance.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** One thread of the traffic: works for both tenants in turn, and tries to reach from one to the other. */
final class TrafficWorker {

    private final TrafficService service;
    private final TrafficReport report;
    private final Random random;
    private final Client client;
    private final Intruder intruder;
    private final List<OwnRows> named = new ArrayList<>();
    private final List<OwnRows> belonging = new ArrayList<>();

    /** @param number tells its rows from those of the other threads */
    TrafficWorker(int number, TrafficService service, TrafficReport report, Random random) {
        this.service = service;
        this.report = report;
        this.random = random;
        this.client = new Client(service.parties(), report, random);
        this.intruder = new Intruder(client, service.domain(), service.api(), random);
        var tag = "w%02d.".formatted(number);
        for (var party : service.parties()) {
            named.add(new OwnRows(client, party, service.domain().named(), tag, random));
            belonging.add(new OwnRows(client, party, service.belonging(party), tag, random));
        }
    }

    /** Makes one request. */
    void step() {
        int mine = random.nextInt(2);
        var rows = (random.nextInt(3) > 0 ? named : belonging).get(mine);
        var party = rows.party();
        var other = named.get(1 - mine);
        var kind = Kind.pick(random);
        switch (kind) {
            case CREATE -> rows.create();
            case READ -> rows.read();
            case SEARCH -> named.get(mine).search();
            case LIST -> list(party);
            case UPDATE -> rows.update();
            case DELETE -> rows.delete();
            case FOREIGN_READ, FOREIGN_CHANGE -> reachOver(kind, party, 1 - mine);
            case CONTRADICTION -> intruder.contradict(party, other.party());
            case NO_TENANT -> intruder.nameNoTenant();
            case STRANGER -> intruder.actForWhoIsNoMember(party);
            case NO_USER -> intruder.comeAsNobody(party);
            case SHARED -> intruder.readWhatIsShared();
            case CARELESS_SQL -> intruder.beCareless(party);
            case REFUSED_SQL -> withAnId(other, id -> intruder.beRefused(party, other.party(), id));
            case UNBOUND_SQL -> intruder.beCarelessWithNoTenant(party);
        }
    }

    /** Reports every own row that is not in the database as it must be. */
    void check(Tables tables) {
        Stream.of(named, belonging)
                .flatMap(List::stream)
                .forEach(rows -> rows.compare(tables).forEach(report::stray));
    }

    private void list(Party party) {
        var paths = service.lists(party);
        var answer = client.ask(Kind.LIST, party, "GET", paths.get(random.nextInt(paths.size())), "");
        answer.is(answer.status() == 200 && party.owns(answer.body()));
    }

    private void reachOver(Kind kind, Party mine, int theirs) {
        var isNamed = random.nextInt(3) > 0;
        var rows = (isNamed ? named : belonging).get(theirs);
        withAnId(rows, id -> {
            if (kind == Kind.FOREIGN_READ) {
                intruder.readForeign(mine, rows, id);
            } else if (isNamed) {
                intruder.changeForeignNamed(mine, rows, id);
            } else {
                intruder.changeForeignBelonging(mine, rows, id);
            }
        });
    }

    private static void withAnId(OwnRows rows, LongConsumer work) {
        rows.anyId().ifPresentOrElse(work, rows::create);
    }
}
