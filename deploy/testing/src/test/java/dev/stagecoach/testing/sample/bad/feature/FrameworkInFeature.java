package dev.stagecoach.testing.sample.bad.feature;

import jakarta.inject.Singleton;

@Singleton
class FrameworkInFeature {}
