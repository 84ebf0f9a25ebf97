// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../brokers/address.hpp"

#include <chrono>
#include <string>

namespace mqtt_package
{

/// Tries whether somebody listens at an address, within a time, for libraries that would wait as
/// long as the system does. Returns what is wrong; empty: nothing. Blocks; the look-up of the name
/// takes as long as the system allows.
[[nodiscard]] std::string problem_of_reaching(const brokers::address& to,
                                              std::chrono::milliseconds time);

} // namespace mqtt_package
