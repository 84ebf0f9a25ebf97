// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "readable_file.hpp"

#include <penstock/parameter.hpp>
#include <penstock/problems.hpp>

#include <string>

namespace brokers
{

/// The parameters of a component that name its files for TLS: `ca_file`, `certificate_file` and
/// `key_file`. A member of its component, which is told of in check() and start().
class tls_files
{
public:
    /// Registers the parameters. [the owner's constructor]
    explicit tls_files(penstock::component& owner)
        : authorities_(
              owner, "ca_file", "",
              "A PEM file of the certificates to trust, instead of those that the system trusts."),
          certificate_(owner, "certificate_file", "",
                       "A PEM file of the certificate to show, where brokers ask for one."),
          key_(owner, "key_file", "", "A PEM file of the key of certificate_file.")
    {
    }

    /// Adds what is wrong with the parameters as a whole.
    void check(penstock::problems& found) const
    {
        if (certificate_->empty() != key_->empty())
            found.add(certificate_, "stands without key_file, or that without it; both were "
                                    "expected, or none");
    }

    /// Throws std::invalid_argument if a file that is named cannot be read. [the owner's start()]
    void start() const
    {
        for (const auto* each : {&authorities_, &certificate_, &key_})
            require_readable(*each);
    }

    /// Whom to trust; empty: as the system does.
    [[nodiscard]] const std::string& authorities() const { return *authorities_; }

    /// What to show; empty: nothing.
    [[nodiscard]] const std::string& certificate() const { return *certificate_; }
    [[nodiscard]] const std::string& key() const { return *key_; }

private:
    penstock::parameter<std::string> authorities_;
    penstock::parameter<std::string> certificate_;
    penstock::parameter<std::string> key_;
};

} // namespace brokers
