// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

/// The topics of Kafka that all exercises of a program write to and read.
namespace topics_of_kafka
{

/// The beginning of a JSON object: the parameters that say where the brokers are.
[[nodiscard]] std::string brokers();

/// The topic that is written to.
[[nodiscard]] const std::string& written();

/// The topic that is read.
[[nodiscard]] const std::string& read();

/// Notes what the topic that is written to has: topics are never emptied.
void note_messages();

/// What it has beside.
[[nodiscard]] std::vector<std::string> new_messages();

/// Has the topic that is read have 500 messages, and a group begin again at the first.
void fill(const std::string& group);

} // namespace topics_of_kafka
