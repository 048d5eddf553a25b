"""The simulated day: acts only through the public doors, HTTP and MQTT, as people and sensors do.

Knows nothing of how the board works inside.
"""
