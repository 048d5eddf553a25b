"""What goes wrong with a broker or with a message of a device: a code and a sentence each.

Sentences are message ids; whoever shows them translates. Values fill the braces.
"""

SENTENCES: dict[str, str] = {
    "not_yet": "not connected yet",
    "stopped": "stopped",
    "no_version5": "the broker does not speak MQTT 5",
    "thread_ended": "its thread has ended",
    "access_changed": "its password or certificates have changed",
    "quiet_link": "no sign of life for {seconds} s",
    "refuses_us": "the broker refuses us: {reason}; look at what MQTT_URL shows it",
    "link_lost": "the connection is lost: {reason}",
    "link_ended": "the connection is lost: the broker has ended it, or the network is away",
    "closes_first": "the broker closes the connection before it has answered",
    "closes_first_tls": (
        "the broker closes the connection before it has answered; it may not accept our certificate"
    ),
    "certificate_refused": "the certificate of {address} is not accepted: {reason}",
    "certificate_over": "the certificate of {address} has expired: the broker needs another one",
    "certificate_early": (
        "the certificate of {address} is not valid yet: is the clock of this computer right?"
    ),
    "certificate_alien": (
        "the certificate of {address} comes from an authority that we do not know: "
        "name its file in MQTT_URL by ca="
    ),
    "certificate_name": (
        "the certificate of {address} is for another name: MQTT_URL needs the one that stands in it"
    ),
    "no_encryption": "{address} does not agree to an encrypted connection: {reason}",
    "no_such_name": "nobody knows the name {host} of the broker",
    "no_answer": "the broker does not answer at {address}: {reason}",
    "client_id_taken": "another program seems to use the client id {client}",
    "rival": (
        "another program (run {rival}) listens to {address} as {client}; this one has stopped: "
        "end the other one, or give one of them another broker"
    ),
    "password_unread": "the password file {file} cannot be read: {reason}",
    "password_no_text": "the password file {file} is no text",
    "password_empty": "the password file {file} is empty",
    "authority_unusable": "the authority {file} cannot be used: {reason}",
    "certificate_unusable": "our certificate {file} or its key cannot be used: {reason}",
    "certificate_unread": "our certificate {file} cannot be read: {reason}",
    "certificate_none": "our certificate {file} is none",
    "certificate_expired": "our certificate {file} has expired on {day}",
    "no_mosquitto": (
        "The MQTT broker mosquitto is not installed: install the package mosquitto, "
        "or set MQTT_URL to your own broker, or MQTT_URL=off to run without sensors."
    ),
    "port_taken": (
        "Port {port} on {host} is taken: stop the program that uses it, "
        "or set MQTT_URL to that broker."
    ),
    "mosquitto_silent": "mosquitto did not start; its words are in {file}.",
    "adapter_defect": "defect in the adapter",
    "not_json_object": "not a JSON object",
    "not_json_list": "not a JSON list",
    "not_utf8": "not UTF-8",
    "name_unstorable": "a name that cannot be stored",
    "text_unstorable": "text that cannot be stored",
    "not_of_format": "outside of its format",
    "not_boolean": "not true or false",
    "not_number": "not a number",
    "not_count": "not a count",
    "not_plain": "the value is not plain",
    "not_on_off": "not ON or OFF",
    "not_on_off_small": "not on or off",
    "not_online": "not online or offline",
    "not_online_state": "state is not online or offline",
    "not_online_tasmota": "not Online or Offline",
    "not_online_stopped": "not online, offline or stopped",
    "not_under_base": "not under the base topic",
    "not_under_prefix": "not under the topic prefix",
    "not_of_prefix": "not a topic of this prefix",
    "not_of_native": "not a topic of the native scheme",
    "not_of_reader": "not a topic of a reader",
    "not_of_lock": "not a topic of a lock",
    "not_of_gateway": "not a topic of a gateway",
    "not_of_fulltopic": "not a topic of this FullTopic",
    "no_device_event": "not an event of a device",
    "no_device_message": "not a message of a device",
    "no_camera": "no camera",
    "no_address": "no address of a device",
    "no_address_here": "no address of a device, or not that of its topic",
    "no_badge": "uid is no badge",
    "no_mac_or_t": "mac or t is missing",
    "no_id_or_mac": "id or mac is missing",
    "homie_id": "a device's id has only a-z, 0-9 and -",
    "no_text_part": "no text among its parts",
    "no_uplink": "uplink_message is no object",
    "no_decoded": "the decoded values are no object",
    "no_results": "results is no list",
    "no_params": "params is not an object",
    "no_five_numbers": "not five numbers",
    "no_door_state": "not a state of a door",
    "no_homie_state": "not a state of Homie",
    "no_events": "events is not a list",
    "no_event": "an event is not an object",
    "no_event_count": "event_cnt is not a whole number",
    "no_battery": "battery is not an object",
    "no_after": "after is no object",
    "no_zigbee": "ZbReceived is not an object",
    "no_distance": "Distance is not a number",
    "no_k": "k is not a short text",
    "no_id": "id is not a short text",
    "no_e": "e is not press, badge or plate",
    "no_s": "s is not online, offline or sleeping",
    "not_json": "not JSON, or cut off",
    "not_json_limits": "not JSON: a number or a nesting beyond all limits",
    "many_bytes_xml": "more than {most} bytes of XML",
    "many_bytes": "more than {most} bytes",
    "many_keys": "more than {most} keys",
    "many_items": "more than {most} items",
    "nested_deep": "nested deeper than {most}",
    "no_word_for": "not a word for {what}",
    "no_object": "{key} is not an object",
    "no_boolean_of": "{key} of {part} is not a boolean",
    "no_boolean": "{key} is not a boolean",
    "neither_nor": "neither {one} nor {other}",
    "no_sparkplug": "no Sparkplug payload: {fault}",
    "no_known_camera": "no message of a known camera",
    "no_picture": "Picture is no object",
    "no_boundary": "multipart without a boundary",
    "wrong_boundary": "its boundary is not in it, or too often",
    "no_event_type": "XML without an eventType",
    "xml_not_utf8": "XML that is not UTF-8",
    "no_best_plate": "best_plate_number is no text",
}
"""What goes wrong, by code: first with a broker, then with a message."""
