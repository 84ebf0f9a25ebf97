// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>

namespace penstock::host::supervise
{

/// A worker that cannot trust its disk any more asks to be started anew by ending with this code:
/// EX_TEMPFAIL of sysexits.h.
inline constexpr int exit_to_recover = 75;

/// What a supervisor hands to its worker beside the arguments: descriptors that are already open,
/// and the settings, which are those of the first worker for all that come after it.
struct handover
{
    int listener = -1;
    int shared_memory = -1;
    bool intake_only = false;
    std::string settings; ///< as a configuration file; may be empty

    /// The variable of the environment that tells a process that it is a worker.
    static constexpr const char* variable = "PENSTOCK_WORKER";

    /// The variable and its value: `PENSTOCK_WORKER=3,4,all,{…}`.
    [[nodiscard]] std::string text() const;

    /// Reads what text() wrote after the `=`.
    [[nodiscard]] static std::optional<handover> read(const std::string& value);

    /// Takes what this process was handed, once: what it starts itself inherits neither the
    /// variable nor the descriptors. Call before the first thread.
    [[nodiscard]] static std::optional<handover> take();
};

} // namespace penstock::host::supervise
