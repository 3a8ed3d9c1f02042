package dev.stagecoach.testing.sample.bad.feature;

import dev.stagecoach.testing.sample.bad.UseCase;

class RootInFeature {

    final UseCase useCase = new UseCase();
}
