// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>
#include <string>

struct sqlite3_vfs;

namespace penstock::host::testing
{

/// A disk that does as it is told: SQLite's own VFS under another name, whose writes and syncs can
/// be made to fail. [any thread]
class faulty_disk
{
public:
    faulty_disk();
    faulty_disk(const faulty_disk&) = delete;
    faulty_disk& operator=(const faulty_disk&) = delete;
    ~faulty_disk();

    /// The name under which SQLite has it.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    std::atomic<int> write_fails{0};  ///< with this code of SQLite; 0: it does not
    std::atomic<int> sync_fails{0};   ///< with this code of SQLite; 0: it does not
    std::atomic<bool> syncs{true};    ///< whether it syncs at all, which takes time
    std::atomic<int> fails_after{-1}; ///< how many writes and syncs go well before; -1: none waited
    std::atomic<int> writes{0};       ///< that were asked for
    std::atomic<int> syncs_asked{0};

private:
    std::string name_;
    std::unique_ptr<sqlite3_vfs> vfs_;
};

} // namespace penstock::host::testing
