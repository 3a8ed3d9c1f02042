package dev.stagecoach.lifecycle.adapter;

import dev.stagecoach.lifecycle.key.WriteKeyText;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;

/** Makes texts of write keys that nobody can guess. */
@ApplicationScoped
class RandomKeyTexts {
    private static final String OF_IDS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String OF_SECRETS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + OF_IDS;

    private final SecureRandom chance = new SecureRandom();

    /** Of a key that is new. */
    WriteKeyText next() {
        return next(word(OF_IDS, WriteKeyText.ID_LENGTH));
    }

    /** Another one of a key. */
    WriteKeyText next(String id) {
        return new WriteKeyText(id, word(OF_SECRETS, WriteKeyText.SECRET_LENGTH));
    }

    private String word(String characters, int length) {
        return chance.ints(length, 0, characters.length())
                .collect(StringBuilder::new, (word, at) -> word.append(characters.charAt(at)), StringBuilder::append)
                .toString();
    }
}
