// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/file_confinement.hpp"

#include "host/base/descriptor.hpp"

#include <cstdint>

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace penstock::host::supervise
{

namespace
{

constexpr std::uint64_t reading = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE;

constexpr std::uint64_t changing = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                                   LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                                   LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                                   LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                                   LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

// Later kernels forbid more, by numbers that the headers of Debian 12 may lack.
constexpr std::uint64_t refer = 1U << 13;    // from version 2 on; forbidden in any case
constexpr std::uint64_t truncate = 1U << 14; // from version 3 on

long version()
{
    return ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

// What does not exist need not be readable.
void allow(int rules, const std::filesystem::path& path)
{
    const descriptor held(::open(path.c_str(), O_PATH | O_CLOEXEC));

    struct stat entry
    {
    };

    if (!held.is_open() || ::fstat(held.number(), &entry) != 0)
        return;
    landlock_path_beneath_attr rule{};
    rule.allowed_access = S_ISDIR(entry.st_mode) ? reading | LANDLOCK_ACCESS_FS_READ_DIR : reading;
    rule.parent_fd = held.number();
    ::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

} // namespace

bool confine_files(const std::vector<std::filesystem::path>& readable)
{
    const long known = version();
    if (known < 1)
        return false;
    landlock_ruleset_attr attributes{};
    attributes.handled_access_fs = reading | LANDLOCK_ACCESS_FS_READ_DIR | changing |
                                   (known >= 2 ? refer : 0) | (known >= 3 ? truncate : 0);
    const descriptor rules(static_cast<int>(
        ::syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0)));
    if (!rules.is_open())
        return false;
    for (const std::filesystem::path& each : readable)
        allow(rules.number(), each);
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           ::syscall(SYS_landlock_restrict_self, rules.number(), 0) == 0;
}

} // namespace penstock::host::supervise
