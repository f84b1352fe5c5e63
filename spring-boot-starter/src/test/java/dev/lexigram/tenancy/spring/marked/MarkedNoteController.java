package dev.lexigram.tenancy.spring.marked;

import dev.lexigram.tenancy.enforcement.RequireTenant;
import java.util.List;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Works in the session that is open for the whole request. */
@RequireTenant
@RestController
@EntityScan(basePackageClasses = MarkedNote.class)
@EnableJpaRepositories(basePackageClasses = MarkedNotes.class)
public class MarkedNoteController {

    private final MarkedNotes notes;

    MarkedNoteController(MarkedNotes notes) {
        this.notes = notes;
    }

    @GetMapping("/marked-notes")
    List<String> bodies() {
        return notes.bodies();
    }

    @GetMapping("/marked-notes/{id}")
    String body(@PathVariable long id) {
        return notes.findById(id).map(MarkedNote::body).orElse("there is none");
    }

    /** Answers with the id of the new note and whose it is. */
    @PostMapping("/marked-notes")
    String write(@RequestBody String body) {
        var note = notes.save(new MarkedNote(body));
        return note.id() + " of " + note.tenantId();
    }
}
