// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "schema.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace otlp_package
{

/// The encodings of OTLP over HTTP.
enum class encoding
{
    protobuf,
    json
};

/// What a server has said of a request that it took.
struct export_answer
{
    std::int64_t rejected = 0; ///< how many records it did not take
    std::string message;       ///< why, or a warning
};

/// The media type of an encoding.
[[nodiscard]] std::string_view media_type_of(encoding of);

/// Reads the body of an answer with status 200. [any thread] Throws std::invalid_argument for what is
/// none.
[[nodiscard]] export_answer read_answer(signal of, encoding as, std::string_view body);

/// Writes the body of an answer that takes all of a request. [any thread]
[[nodiscard]] std::string write_answer(encoding as);

/// Writes the body of an answer that refuses a request: a google.rpc.Status. [any thread]
[[nodiscard]] std::string write_refusal(encoding as, std::string_view why);

/// Reads what such a body says; empty: it is none. [any thread]
[[nodiscard]] std::string read_refusal(encoding as, std::string_view body);

} // namespace otlp_package
