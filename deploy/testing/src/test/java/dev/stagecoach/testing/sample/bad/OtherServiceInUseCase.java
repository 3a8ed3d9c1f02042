package dev.stagecoach.testing.sample.bad;

import dev.stagecoach.testing.sample.good.feature.Decision;

class OtherServiceInUseCase {

    Decision decision;
}
