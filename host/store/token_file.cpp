// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/token_file.hpp"

#include "host/base/descriptor.hpp"
#include "host/base/file_text.hpp"
#include "host/store/durable_file.hpp"
#include "host/store/token_text.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace penstock::host
{

namespace
{

problem failure(const std::filesystem::path& path, const char* what)
{
    return {path.string(), "", std::string(what) + ": " + std::generic_category().message(errno),
            ""};
}

} // namespace

token_file::stamp token_file::look() const noexcept
{
    struct stat found
    {
    };
    if (::stat(path_.c_str(), &found) != 0)
        return {};
    constexpr std::int64_t nanoseconds = 1'000'000'000;
    return {true, found.st_ino, static_cast<std::uint64_t>(found.st_size),
            found.st_ctim.tv_sec * nanoseconds + found.st_ctim.tv_nsec};
}

boost::system::result<token_list, problem> token_file::read() const
{
    struct stat found
    {
    };
    if (::stat(path_.c_str(), &found) != 0)
    {
        if (errno == ENOENT)
            return token_list();
        return failure(path_, "cannot be looked at");
    }
    if ((found.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return problem(path_.string(), "", "is open to others", "mode 0600 was expected");
    const auto text = read_text(path_);
    if (!text)
        return text.error();
    auto tokens = parse_tokens(*text, path_.string());
    if (!tokens)
        return std::move(tokens.error());
    return token_list(*std::move(tokens));
}

std::optional<problem> token_file::edit(
    const std::function<std::optional<problem>(std::vector<token_record>&)>& change) const
{
    const std::filesystem::path folder = path_.parent_path();
    std::error_code error;
    std::filesystem::create_directories(folder.parent_path(), error);
    if (error || (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST))
        return failure(folder, "cannot be made");
    // The host that runs holds the directory's lock file, so this is a lock of its own.
    const descriptor locked(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (locked.number() < 0 || ::flock(locked.number(), LOCK_EX) != 0)
        return failure(folder, "cannot be locked");
    auto kept = read();
    if (!kept)
        return kept.error();
    std::vector<token_record> tokens = kept->value_or(std::vector<token_record>());
    if (auto refused = change(tokens))
        return refused;
    return replace_file(path_, write_tokens(tokens), true);
}

} // namespace penstock::host
