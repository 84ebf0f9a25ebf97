// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/secrets.hpp"

#include "host/app/log.hpp"
#include "host/base/file_text.hpp"

#include <cstdlib>
#include <utility>

#include <sys/stat.h>

namespace penstock::host
{

namespace
{

std::optional<std::string> read_secret(const std::filesystem::path& file)
{
    struct stat found;
    if (::stat(file.c_str(), &found) != 0 || !S_ISREG(found.st_mode))
        return std::nullopt;
    if ((found.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    {
        log(severity::error, file.string(), "is open to others; mode 0600 was expected");
        return std::nullopt;
    }
    boost::system::result<std::string, problem> text = read_text(file);
    if (!text)
        return std::nullopt;
    while (text->ends_with('\n') || text->ends_with('\r')) // which editors leave
        text->pop_back();
    return *std::move(text);
}

} // namespace

resolver make_resolver(std::vector<std::filesystem::path> folders)
{
    return [folders = std::move(folders)](const reference& wanted) -> std::optional<std::string>
    {
        if (wanted.from == reference::source::environment)
        {
            const char* value = std::getenv(wanted.name.c_str());
            return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
        }
        if (wanted.name.find('/') != std::string::npos || wanted.name.starts_with('.'))
            return std::nullopt;
        for (const std::filesystem::path& folder : folders)
            if (std::optional<std::string> secret = read_secret(folder / wanted.name))
                return secret;
        return std::nullopt;
    };
}

resolver host_resolver(const std::filesystem::path& data)
{
    std::vector<std::filesystem::path> folders;
    if (const char* given = std::getenv("CREDENTIALS_DIRECTORY"); given != nullptr)
        folders.emplace_back(given);
    folders.push_back(data / "secrets");
    return make_resolver(std::move(folders));
}

} // namespace penstock::host
