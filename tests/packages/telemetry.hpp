// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

/// What all exercises of OTLP of a program send and receive.
namespace telemetry
{

/// A JSON object: the parameters of who sends to a server of this program.
[[nodiscard]] std::string server();

/// Forgets what that server has.
void empty();

/// The requests that it has.
[[nodiscard]] std::vector<std::string> received();

/// A JSON object: the parameters of who listens for an exporter of this program.
[[nodiscard]] std::string listening();

/// Has the exporter send a request of 500 records as soon as somebody listens, until it is answered.
void send();

} // namespace telemetry
