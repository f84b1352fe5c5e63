package dev.lexigram.tenancy.hibernate;

import dev.lexigram.tenancy.context.TenantContext;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;

/**
 * One way in which an application gets at an item by its id: gives what it has seen.
 *
 * @param markConfines whether a {@code @TenantId} alone keeps it within the tenant
 */
record ItemOperation(String name, boolean writes, boolean markConfines, Body body) {

    interface Body {
        Object on(SessionFactory factory, Class<? extends Item> type, long id);
    }

    static final List<ItemOperation> ALL = Stream.of(ItemReads.all(), ItemWrites.all(), StatelessItemOperations.all())
            .flatMap(List::stream)
            .toList();

    static ItemOperation read(String name, Body body) {
        return new ItemOperation(name, false, true, body);
    }

    static ItemOperation write(String name, Body body) {
        return new ItemOperation(name, true, true, body);
    }

    /** The same, and no mark confines it. */
    ItemOperation beyondMarks() {
        return new ItemOperation(name, writes, false, body);
    }

    static Item item(Class<? extends Item> type, long id, String name) {
        try {
            var item = type.getDeclaredConstructor().newInstance();
            item.id = id;
            item.sku = "S" + id;
            item.name = name;
            item.description = name;
            item.tags.add(name);
            if (item instanceof MarkedItem marked) {
                marked.tenantId = TenantContext.require().id().value();
            }
            return item;
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
