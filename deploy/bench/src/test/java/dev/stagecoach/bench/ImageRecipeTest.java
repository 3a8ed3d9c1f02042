package dev.stagecoach.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ImageRecipeTest {

    @Test
    void theOptionsOfJavaAreThoseOfTheRecipe() {
        // Given
        var recipe = """
                FROM a-base
                ENV JDK_JAVA_OPTIONS="-XX:One=50 -XX:+Two" \\
                    OTHER="3"
                """;

        // When
        var read = ImageRecipe.parse(recipe);

        // Then
        assertThat(read.jvmOptions()).containsExactly("-XX:One=50", "-XX:+Two");
    }

    @Test
    void theRealRecipeHasSome() {
        assertThat(ImageRecipe.of(Path.of("../..")).jvmOptions()).isNotEmpty();
    }
}
