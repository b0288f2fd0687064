/**
 * Generated from openapi.yaml by openapi-typescript, do not edit.
 * After a change to openapi.yaml: npm run generate
 */

export interface paths {
    "/api/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List projects
         * @description The caller's root project and its subprojects, a page at a time. Follow `links.next` until it is absent.
         */
        get: operations["listProjects"];
        put?: never;
        /**
         * Create a subproject
         * @description Creates a subproject of the caller's root project. Subprojects do not nest: a subproject's own credentials are answered with 422 and code `nested_subprojects_not_allowed`. The signing key is in this response and never shown again.
         */
        post: operations["createProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of a project of the caller's tree. */
                id: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        /**
         * Read a project
         * @description One project of the caller's tree, with its three protection switches.
         */
        get: operations["getProject"];
        put?: never;
        post?: never;
        /**
         * Delete a subproject
         * @description Deletes a subproject. The root project is answered with 422 and code `only_subprojects_can_be_deleted`, a subproject that still has phone numbers with 422 and code `phone_numbers_must_be_removed`.
         */
        delete: operations["deleteProject"];
        options?: never;
        head?: never;
        /**
         * Change a project, its protection switches among them
         * @description Changes the fields that are present and no others. A switch takes effect immediately. The guide speaks of all media of the project, the API text of media created from now on; which of the two holds for older media is unverified.
         */
        patch: operations["updateProject"];
        trace?: never;
    };
    "/api/projects/{id}/signing-key/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of a project of the caller's tree. */
                id: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the signing key
         * @description Makes a new signing key, the one that signs webhooks, and shows it this once. The old key stays valid for one or two minutes more.
         */
        post: operations["rotateSigningKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/project/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create an API token
         * @description Creates a token for the caller's project, or for the subproject that `subproject_id` names. The platform answers 200, not 201.
         */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/project/tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of an API token. */
                token_id: components["parameters"]["TokenId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete an API token
         * @description The token stops working.
         */
        delete: operations["deleteToken"];
        options?: never;
        head?: never;
        /**
         * Change an API token
         * @description Changes the name of a token or replaces its scopes.
         */
        patch: operations["updateToken"];
        trace?: never;
    };
    "/api/relay/rest/recordings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List recordings
         * @description The project's call and conference recordings. No query parameters are documented: pages are reached through `links` only. Recordings of a visual call flow have been reported missing from the compatibility list, so an export should read more than one source.
         */
        get: operations["listRelayRecordings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/relay/rest/recordings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of a recording. */
                id: components["parameters"]["RelayRecordingId"];
            };
            cookie?: never;
        };
        /**
         * Read the metadata of a recording
         * @description One recording. Its `url` leads to the bytes.
         */
        get: operations["getRelayRecording"];
        put?: never;
        post?: never;
        /**
         * Delete a recording
         * @description Deletes the recording and its bytes.
         */
        delete: operations["deleteRelayRecording"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Recordings": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
            };
            cookie?: never;
        };
        /**
         * List recordings
         * @description Recordings of the project, a page at a time.
         */
        get: operations["listRecordings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Recordings.json": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
            };
            cookie?: never;
        };
        /**
         * List recordings (.json)
         * @description Recordings of the project, a page at a time. The same resource as without `.json`; our addition, because `uri` fields of the platform's own responses name this path.
         */
        get: operations["listRecordingsJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Recordings/{Sid}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a recording. */
                Sid: components["parameters"]["RecordingSid"];
            };
            cookie?: never;
        };
        /**
         * Download a recording
         * @description The recording as WAV, the platform's default format. The platform's API description documents only metadata in JSON for this path, and one official client asks with `Accept: application/json`; the guides say that no extension means WAV. Which of them holds is unverified, so both are listed and bytes are our reading.
         */
        get: operations["downloadRecording"];
        put?: never;
        post?: never;
        /**
         * Delete a recording
         * @description Deletes the recording and its bytes.
         */
        delete: operations["deleteRecording"];
        options?: never;
        /**
         * Inspect a recording
         * @description The headers of a download without the bytes: size, type and validators. Our addition, as RFC 9110 has it; `Range` means nothing to HEAD.
         */
        head: operations["headRecording"];
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Recordings/{Sid}.json": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a recording. */
                Sid: components["parameters"]["RecordingSid"];
            };
            cookie?: never;
        };
        /**
         * Read the metadata of a recording
         * @description The recording without its bytes. Our addition: the path that the platform's own `uri` fields name.
         */
        get: operations["getRecording"];
        put?: never;
        post?: never;
        /**
         * Delete a recording (.json)
         * @description Deletes the recording and its bytes. The same resource as without `.json`; our addition, because `uri` fields of the platform's own responses name this path.
         */
        delete: operations["deleteRecordingJson"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Recordings/{Sid}.wav": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a recording. */
                Sid: components["parameters"]["RecordingSid"];
            };
            cookie?: never;
        };
        /**
         * Download a recording as WAV
         * @description The recording as WAV. The guide names this path, the platform's API description does not; its responses are our addition.
         */
        get: operations["downloadRecordingWav"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Inspect a recording as WAV
         * @description The headers of a download without the bytes: size, type and validators. Our addition, as RFC 9110 has it; `Range` means nothing to HEAD.
         */
        head: operations["headRecordingWav"];
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Recordings/{Sid}.mp3": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a recording. */
                Sid: components["parameters"]["RecordingSid"];
            };
            cookie?: never;
        };
        /**
         * Download a recording as MP3
         * @description The recording as MP3. The guide names this path, the platform's API description does not; its responses are our addition.
         */
        get: operations["downloadRecordingMp3"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Inspect a recording as MP3
         * @description The headers of a download without the bytes: size, type and validators. Our addition, as RFC 9110 has it; `Range` means nothing to HEAD.
         */
        head: operations["headRecordingMp3"];
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Conferences/{ConferenceSid}/Recordings": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the conference that was recorded. */
                ConferenceSid: components["parameters"]["ParentConferenceSid"];
            };
            cookie?: never;
        };
        /**
         * List recordings of a conference
         * @description Recordings of one conference, a page at a time. That a conference nobody knows has an empty list, not a 404, is our reading.
         */
        get: operations["listConferenceRecordings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Conferences/{ConferenceSid}/Recordings.json": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the conference that was recorded. */
                ConferenceSid: components["parameters"]["ParentConferenceSid"];
            };
            cookie?: never;
        };
        /**
         * List recordings of a conference (.json)
         * @description Recordings of one conference, a page at a time. That a conference nobody knows has an empty list, not a 404, is our reading. The same resource as without `.json`; our addition, because `uri` fields of the platform's own responses name paths like this one.
         */
        get: operations["listConferenceRecordingsJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Conferences/{ConferenceSid}/Recordings/{Sid}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the conference that was recorded. */
                ConferenceSid: components["parameters"]["ParentConferenceSid"];
                /** @description The ID of a recording. */
                Sid: components["parameters"]["RecordingSid"];
            };
            cookie?: never;
        };
        /**
         * Read the metadata of a conference's recording
         * @description The recording without its bytes, which are at `…/Recordings/{Sid}` only.
         */
        get: operations["getConferenceRecording"];
        put?: never;
        post?: never;
        /**
         * Delete a conference's recording
         * @description Deletes the recording and its bytes.
         */
        delete: operations["deleteConferenceRecording"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Conferences/{ConferenceSid}/Recordings/{Sid}.json": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the conference that was recorded. */
                ConferenceSid: components["parameters"]["ParentConferenceSid"];
                /** @description The ID of a recording. */
                Sid: components["parameters"]["RecordingSid"];
            };
            cookie?: never;
        };
        /**
         * Read the metadata of a conference's recording (.json)
         * @description The recording without its bytes, which are at `…/Recordings/{Sid}` only. The same resource as without `.json`; our addition.
         */
        get: operations["getConferenceRecordingJson"];
        put?: never;
        post?: never;
        /**
         * Delete a conference's recording (.json)
         * @description Deletes the recording and its bytes. The same resource as without `.json`; our addition.
         */
        delete: operations["deleteConferenceRecordingJson"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Calls/{CallSid}/Recordings": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the call that was recorded. */
                CallSid: components["parameters"]["ParentCallSid"];
            };
            cookie?: never;
        };
        /**
         * List recordings of a call
         * @description Recordings of one call, a page at a time. That a call nobody knows has an empty list, not a 404, is our reading.
         */
        get: operations["listCallRecordings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Calls/{CallSid}/Recordings.json": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the call that was recorded. */
                CallSid: components["parameters"]["ParentCallSid"];
            };
            cookie?: never;
        };
        /**
         * List recordings of a call (.json)
         * @description Recordings of one call, a page at a time. That a call nobody knows has an empty list, not a 404, is our reading. The same resource as without `.json`; our addition, because `uri` fields of the platform's own responses name paths like this one.
         */
        get: operations["listCallRecordingsJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Calls/{CallSid}/Recordings/{Sid}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the call that was recorded. */
                CallSid: components["parameters"]["ParentCallSid"];
                /** @description The ID of a recording. */
                Sid: components["parameters"]["RecordingSid"];
            };
            cookie?: never;
        };
        /**
         * Read the metadata of a call's recording
         * @description The recording without its bytes, which are at `…/Recordings/{Sid}` only.
         */
        get: operations["getCallRecording"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Calls/{CallSid}/Recordings/{Sid}.json": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the call that was recorded. */
                CallSid: components["parameters"]["ParentCallSid"];
                /** @description The ID of a recording. */
                Sid: components["parameters"]["RecordingSid"];
            };
            cookie?: never;
        };
        /**
         * Read the metadata of a call's recording (.json)
         * @description The recording without its bytes, which are at `…/Recordings/{Sid}` only. The same resource as without `.json`; our addition.
         */
        get: operations["getCallRecordingJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Messages": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
            };
            cookie?: never;
        };
        /**
         * List messages
         * @description Messages of the project, a page at a time. A message with `num_media` above zero has attachments.
         */
        get: operations["listMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Messages.json": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
            };
            cookie?: never;
        };
        /**
         * List messages (.json)
         * @description Messages of the project, a page at a time. A message with `num_media` above zero has attachments. The same resource as without `.json`; our addition, because `uri` fields of the platform's own responses name this path.
         */
        get: operations["listMessagesJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a message. */
                Sid: components["parameters"]["MessageSid"];
            };
            cookie?: never;
        };
        /**
         * Read a message
         * @description One message, without its attachments: those are listed at `subresource_uris.media`.
         */
        get: operations["getMessage"];
        put?: never;
        post?: never;
        /**
         * Delete a message
         * @description Deletes the message. A message still in progress is answered with 422.
         */
        delete: operations["deleteMessage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a message. */
                Sid: components["parameters"]["MessageSid"];
            };
            cookie?: never;
        };
        /**
         * Read a message (.json)
         * @description One message, without its attachments: those are listed at `subresource_uris.media`. The same resource as without `.json`; our addition, because `uri` fields of the platform's own responses name this path.
         */
        get: operations["getMessageJson"];
        put?: never;
        post?: never;
        /**
         * Delete a message (.json)
         * @description Deletes the message. A message still in progress is answered with 422. The same resource as without `.json`; our addition, because `uri` fields of the platform's own responses name this path.
         */
        delete: operations["deleteMessageJson"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the message that carries the attachment. */
                MessageSid: components["parameters"]["ParentMessageSid"];
            };
            cookie?: never;
        };
        /**
         * List the attachments of a message
         * @description Metadata of the attachments of one message, a page at a time.
         */
        get: operations["listMessageMedia"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media.json": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the message that carries the attachment. */
                MessageSid: components["parameters"]["ParentMessageSid"];
            };
            cookie?: never;
        };
        /**
         * List the attachments of a message (.json)
         * @description Metadata of the attachments of one message, a page at a time. The same resource as without `.json`; our addition, because `uri` fields of the platform's own responses name this path.
         */
        get: operations["listMessageMediaJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media/{Sid}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the message that carries the attachment. */
                MessageSid: components["parameters"]["ParentMessageSid"];
                /** @description The ID of an attachment or of a fax document. */
                Sid: components["parameters"]["MediaSid"];
            };
            cookie?: never;
        };
        /**
         * Download an attachment
         * @description The attachment in the type it was sent in. The types listed are the usual ones, not all there are. The platform's API description documents only metadata in JSON for this path; its guides say bytes. Whether any `Accept` brings JSON is unverified, so both are listed and bytes are our reading.
         */
        get: operations["downloadMessageMedia"];
        put?: never;
        post?: never;
        /**
         * Delete an attachment
         * @description Deletes the attachment and its bytes. While its message is in progress, 422.
         */
        delete: operations["deleteMessageMedia"];
        options?: never;
        /**
         * Inspect an attachment
         * @description The headers of a download without the bytes: size, type and validators. Our addition, as RFC 9110 has it; `Range` means nothing to HEAD.
         */
        head: operations["headMessageMedia"];
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media/{Sid}.json": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the message that carries the attachment. */
                MessageSid: components["parameters"]["ParentMessageSid"];
                /** @description The ID of an attachment or of a fax document. */
                Sid: components["parameters"]["MediaSid"];
            };
            cookie?: never;
        };
        /**
         * Read the metadata of an attachment
         * @description The attachment without its bytes. Our addition: the path that the platform's own `uri` fields name.
         */
        get: operations["getMessageMedia"];
        put?: never;
        post?: never;
        /**
         * Delete an attachment (.json)
         * @description Deletes the attachment and its bytes. While its message is in progress, 422. The same resource as without `.json`; our addition, because `uri` fields of the platform's own responses name this path.
         */
        delete: operations["deleteMessageMediaJson"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Faxes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
            };
            cookie?: never;
        };
        /**
         * List faxes
         * @description Faxes of the project, a page at a time. The fax switch does not touch this metadata.
         */
        get: operations["listFaxes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Faxes.json": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
            };
            cookie?: never;
        };
        /**
         * List faxes (.json)
         * @description Faxes of the project, a page at a time. The fax switch does not touch this metadata. The same resource as without `.json`; our addition, because `uri` fields of the platform's own responses name this path.
         */
        get: operations["listFaxesJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Faxes/{Sid}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a fax. */
                Sid: components["parameters"]["FaxSid"];
            };
            cookie?: never;
        };
        /**
         * Read a fax
         * @description One fax. Its `media_url` leads to the document.
         */
        get: operations["getFax"];
        put?: never;
        post?: never;
        /**
         * Delete a fax
         * @description Deletes the fax. A fax in progress is answered with 409.
         */
        delete: operations["deleteFax"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Faxes/{Sid}.json": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a fax. */
                Sid: components["parameters"]["FaxSid"];
            };
            cookie?: never;
        };
        /**
         * Read a fax (.json)
         * @description One fax. Its `media_url` leads to the document. The same resource as without `.json`; our addition, because `uri` fields of the platform's own responses name this path.
         */
        get: operations["getFaxJson"];
        put?: never;
        post?: never;
        /**
         * Delete a fax (.json)
         * @description Deletes the fax. A fax in progress is answered with 409. The same resource as without `.json`; our addition, because `uri` fields of the platform's own responses name this path.
         */
        delete: operations["deleteFaxJson"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Faxes/{FaxSid}/Media": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the fax that the document belongs to. */
                FaxSid: components["parameters"]["ParentFaxSid"];
            };
            cookie?: never;
        };
        /**
         * List the documents of a fax
         * @description Metadata of the documents of one fax, a page at a time.
         */
        get: operations["listFaxMedia"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Faxes/{FaxSid}/Media.json": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the fax that the document belongs to. */
                FaxSid: components["parameters"]["ParentFaxSid"];
            };
            cookie?: never;
        };
        /**
         * List the documents of a fax (.json)
         * @description Metadata of the documents of one fax, a page at a time. The same resource as without `.json`; our addition, because `uri` fields of the platform's own responses name this path.
         */
        get: operations["listFaxMediaJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Faxes/{FaxSid}/Media/{Sid}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the fax that the document belongs to. */
                FaxSid: components["parameters"]["ParentFaxSid"];
                /** @description The ID of an attachment or of a fax document. */
                Sid: components["parameters"]["MediaSid"];
            };
            cookie?: never;
        };
        /**
         * Download a fax document
         * @description The document of a fax, as PDF or TIFF. The platform's API description documents only metadata in JSON for this path; its guides say bytes. Whether any `Accept` brings JSON is unverified, so both are listed and bytes are our reading.
         */
        get: operations["downloadFaxMedia"];
        put?: never;
        post?: never;
        /**
         * Delete a fax document
         * @description Deletes the document and its bytes. While its fax is in progress, 409.
         */
        delete: operations["deleteFaxMedia"];
        options?: never;
        /**
         * Inspect a fax document
         * @description The headers of a download without the bytes: size, type and validators. Our addition, as RFC 9110 has it; `Range` means nothing to HEAD.
         */
        head: operations["headFaxMedia"];
        patch?: never;
        trace?: never;
    };
    "/api/laml/2010-04-01/Accounts/{AccountSid}/Faxes/{FaxSid}/Media/{Sid}.json": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the fax that the document belongs to. */
                FaxSid: components["parameters"]["ParentFaxSid"];
                /** @description The ID of an attachment or of a fax document. */
                Sid: components["parameters"]["MediaSid"];
            };
            cookie?: never;
        };
        /**
         * Read the metadata of a fax document
         * @description The document without its bytes. Our addition: the path that the platform's own `uri` fields name.
         */
        get: operations["getFaxMedia"];
        put?: never;
        post?: never;
        /**
         * Delete a fax document (.json)
         * @description Deletes the document and its bytes. While its fax is in progress, 409. The same resource as without `.json`; our addition, because `uri` fields of the platform's own responses name this path.
         */
        delete: operations["deleteFaxMediaJson"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/fax/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List fax logs
         * @description Logged faxes, a page at a time. Follow `links.next` until it is absent.
         */
        get: operations["listFaxLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/fax/logs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of a fax log. */
                id: components["parameters"]["FaxLogId"];
            };
            cookie?: never;
        };
        /**
         * Read a fax log
         * @description One logged fax. Its `url` leads to the fax in the compatibility API.
         */
        get: operations["getFaxLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logs/conferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List conference logs
         * @description Logged conferences, a page at a time, with the URL of the recording where there is one. Follow `links.next` until it is absent. The page parameters are our reading: the platform has links, and its other logs have these parameters.
         */
        get: operations["listConferenceLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/voice/logs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of a voice log, which is that of the call. */
                id: components["parameters"]["VoiceLogId"];
            };
            cookie?: never;
        };
        /**
         * List the events of a voice log
         * @description What happened in a call, the oldest first, all on one page. Recordings of a visual call flow have been reported missing from the compatibility list and present here: an export should read both.
         */
        get: operations["listVoiceLogEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messaging/messages/{message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of a message. */
                message_id: components["parameters"]["RestMessageId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the text of a message
         * @description Replaces the text of a message, as one does to redact it, and answers the message with the URLs of its attachments. They stay, and so do their URLs.
         */
        patch: operations["updateMessage"];
        trace?: never;
    };
    "/{space_id}/{project_id}/recordings/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the space. */
                space_id: components["parameters"]["SpaceId"];
                /** @description The ID of the project the media belongs to. */
                project_id: components["parameters"]["FilesProjectId"];
                /** @description The recording ID and the extension of a format, `.wav`, `.mp3` or `.mp4`. */
                file: components["parameters"]["RecordingFile"];
            };
            cookie?: never;
        };
        /**
         * Download a recording from the files host
         * @description A recording by the URL that Relay and SWML callbacks carry. Our addition: the platform shows such URLs and describes no operation behind them.
         */
        get: operations["downloadRecordingFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Inspect a recording on the files host
         * @description The headers of a download without the bytes: size, type and validators. Our addition, as RFC 9110 has it; `Range` means nothing to HEAD.
         */
        head: operations["headRecordingFile"];
        patch?: never;
        trace?: never;
    };
    "/{space_id}/{project_id}/message-media/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the space. */
                space_id: components["parameters"]["SpaceId"];
                /** @description The ID of the project the media belongs to. */
                project_id: components["parameters"]["FilesProjectId"];
                /** @description The name that the attachment was sent with. Its extension may be in upper case. */
                file: components["parameters"]["MessageMediaFile"];
            };
            cookie?: never;
        };
        /**
         * Download an attachment by its original name
         * @description An attachment by the name that it was sent with, reached by a 302 from its path on the space. A layout (SMIL) among the attachments refers to the others by these names.
         */
        get: operations["downloadMessageMediaFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Inspect an attachment by its original name
         * @description The headers of a download without the bytes: size, type and validators. Our addition, as RFC 9110 has it; `Range` means nothing to HEAD.
         */
        head: operations["headMessageMediaFile"];
        patch?: never;
        trace?: never;
    };
    "/{space_id}/{project_id}/messages/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the space. */
                space_id: components["parameters"]["SpaceId"];
                /** @description The ID of the project the media belongs to. */
                project_id: components["parameters"]["FilesProjectId"];
                /** @description The ID of the attachment, with or without the extension of its type. Our reading. */
                file: components["parameters"]["MessageFile"];
            };
            cookie?: never;
        };
        /**
         * Download an attachment from the files host
         * @description An attachment on the files host by its ID. Our guess, by analogy with recordings: only `…/message-media/{name}` has been seen.
         */
        get: operations["downloadMessageFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Inspect an attachment on the files host
         * @description The headers of a download without the bytes: size, type and validators. Our addition, as RFC 9110 has it; `Range` means nothing to HEAD.
         */
        head: operations["headMessageFile"];
        patch?: never;
        trace?: never;
    };
    "/{space_id}/{project_id}/faxes/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the space. */
                space_id: components["parameters"]["SpaceId"];
                /** @description The ID of the project the media belongs to. */
                project_id: components["parameters"]["FilesProjectId"];
                /** @description A date, a hyphen, the document ID and the extension of its format, as seen in callbacks. */
                file: components["parameters"]["FaxFile"];
            };
            cookie?: never;
        };
        /**
         * Download a document from the files host
         * @description A fax document by the URL that fax callbacks carry. Our addition: such URLs have been seen, no operation is documented.
         */
        get: operations["downloadFaxFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Inspect a document on the files host
         * @description The headers of a download without the bytes: size, type and validators. Our addition, as RFC 9110 has it; `Range` means nothing to HEAD.
         */
        head: operations["headFaxFile"];
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What every answer about a project holds. */
        ProjectFields: {
            /**
             * Format: uuid
             * @description The project ID, which is also the user name of HTTP Basic and the compatibility API's account.
             */
            id: string;
            /** @description The name people know the project by. */
            name: string;
            /** @description The root project of a subproject; null for the root project itself. */
            parent_project_id: string | null;
            /** @description Whether this is a subproject. */
            subproject: boolean;
            /** @description The region the project prefers. Published as always there, and gone from the types of the platform's newest SDKs: nothing should depend on it. */
            region_preference: string;
            /** @description Whether the bytes of recordings need credentials. */
            protect_recordings: boolean;
            /** @description Whether the bytes of message attachments need credentials. */
            protect_message_media: boolean;
            /** @description Whether the bytes of fax documents need credentials. */
            protect_fax_media: boolean;
            /** @description Whether requests are forced to HTTPS. It has no part in protection. */
            force_https_requests: boolean;
            /**
             * Format: date-time
             * @description When the project was created.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the project was last changed.
             */
            updated_at: string;
        };
        /**
         * @description A project with its three protection switches.
         * @example {
         *       "id": "0b1d7c5e-8a53-4c0e-9f0c-2d6f2a1e7b11",
         *       "name": "Support line",
         *       "parent_project_id": null,
         *       "subproject": false,
         *       "region_preference": "us",
         *       "protect_recordings": true,
         *       "protect_message_media": false,
         *       "protect_fax_media": false,
         *       "force_https_requests": false,
         *       "created_at": "2024-05-09T14:03:11Z",
         *       "updated_at": "2024-05-10T08:00:00Z"
         *     }
         */
        Project: components["schemas"]["ProjectFields"];
        /** @description A project and its signing key. Only creating a subproject and rotating the key answer with it. */
        ProjectWithSigningKey: {
            /** @description The key that signs the project's webhooks. A secret, and not shown again. */
            signing_key: string;
        } & components["schemas"]["ProjectFields"];
        /** @description A page of projects. */
        ProjectList: {
            links: components["schemas"]["ProjectPaginationLinks"];
            /** @description The projects of this page. */
            data: components["schemas"]["Project"][];
        };
        /** @description A subproject to create. */
        CreateProjectRequest: {
            /** @description The name people will know the project by. Not empty, by the platform's guide. */
            name: string;
            /**
             * Format: uuid
             * @description The root project of the new subproject, for personal access tokens, which belong to none. With a project's own credentials it can only be that project; without it, it is. Source: the types of the platform's own SDKs, 2026; not in its published description.
             */
            parent_project_id?: string;
            /** @description Whether the bytes of recordings need credentials. */
            protect_recordings?: boolean;
            /** @description Whether the bytes of message attachments need credentials. */
            protect_message_media?: boolean;
            /** @description Whether the bytes of fax documents need credentials. */
            protect_fax_media?: boolean;
            /** @description Whether requests are forced to HTTPS. It has no part in protection. */
            force_https_requests?: boolean;
        };
        /**
         * @description The fields to change. A field left out stays as it is.
         * @example {
         *       "protect_recordings": true
         *     }
         */
        UpdateProjectRequest: {
            /** @description The name people will know the project by. Not empty, by the platform's guide. */
            name?: string;
            /** @description Whether the bytes of recordings need credentials. */
            protect_recordings?: boolean;
            /** @description Whether the bytes of message attachments need credentials. */
            protect_message_media?: boolean;
            /** @description Whether the bytes of fax documents need credentials. */
            protect_fax_media?: boolean;
            /** @description Whether requests are forced to HTTPS. It has no part in protection. */
            force_https_requests?: boolean;
        };
        /**
         * @description A scope of an API token. For this contract: `management` opens the projects API, `calling` recordings,
         *     `messaging` messages and their attachments, `fax` faxes and their documents.
         * @enum {string}
         */
        TokenPermission: "calling" | "chat" | "datasphere" | "fax" | "management" | "messaging" | "numbers" | "pubsub" | "storage" | "tasking" | "video";
        /** @description An API token. */
        ApiToken: {
            /**
             * Format: uuid
             * @description The ID of the token; not secret.
             */
            id: string;
            /** @description The name people know the token by. */
            name: string;
            /** @description The scopes the token carries. */
            permissions: components["schemas"]["TokenPermission"][];
            /** @description The secret itself, the password of HTTP Basic. */
            token: string;
        };
        /** @description An API token to create. */
        CreateTokenRequest: {
            /** @description The name people will know the token by. */
            name: string;
            /** @description The scopes the token will carry. */
            permissions: components["schemas"]["TokenPermission"][];
            /**
             * Format: uuid
             * @description The subproject the token is for; without it, the caller's own project.
             */
            subproject_id?: string;
        };
        /** @description The fields to change. A field left out stays as it is. */
        UpdateTokenRequest: {
            /** @description The name people will know the token by. */
            name?: string;
            /** @description The scopes the token carries from now on; they replace those it has. */
            permissions?: components["schemas"]["TokenPermission"][];
        };
        /** @description Links to pages of a list. They are absolute URLs, and hold whatever token a page needs. */
        PaginationLinks: {
            /** @description This page. */
            self: string;
            /** @description The first page. */
            first: string;
            /** @description The next page; absent on the last. */
            next?: string;
            /** @description The previous page; absent on the first. */
            prev?: string;
        };
        /** @description As PaginationLinks, which differs only in that the platform's description does not call those URIs. */
        ProjectPaginationLinks: {
            /**
             * Format: uri
             * @description This page.
             */
            self: string;
            /**
             * Format: uri
             * @description The first page.
             */
            first: string;
            /**
             * Format: uri
             * @description The next page; absent on the last.
             */
            next?: string;
            /**
             * Format: uri
             * @description The previous page; absent on the first.
             */
            prev?: string;
        };
        /** @description What all kinds of recordings of the Relay REST API have in common. */
        RelayRecordingFields: {
            /**
             * Format: uuid
             * @description The recording ID.
             */
            id: string;
            /**
             * Format: uuid
             * @description The project the recording belongs to.
             */
            project_id: string;
            /**
             * Format: date-time
             * @description When the recording was started.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the recording was last changed.
             */
            updated_at: string;
            /**
             * Format: int32
             * @description The length of the recording.
             */
            duration_in_seconds: number;
            /** @description Why recording failed, if it did. */
            error_code?: string;
            /**
             * Format: double
             * @description What the recording cost.
             */
            price: number;
            /** @description The currency of `price`. */
            price_unit: string;
            /** @description The state of the recording. */
            status: string;
            /** @description Where the bytes are. Protected by `protect_recordings`. */
            url: string;
            /** @description Whether the two sides are on channels of their own. */
            stereo: boolean;
            /**
             * Format: int32
             * @description The size of the file.
             */
            byte_size?: number;
            /** @description Which side of the call is recorded. */
            track: string;
            /**
             * Format: uuid
             * @description The conference that was recorded, if it was one.
             */
            relay_conference_id?: string;
        };
        /** @description The recording of a call over the telephone network. */
        RelayPstnRecording: {
            /**
             * Format: uuid
             * @description The leg of the call that was recorded.
             */
            relay_pstn_leg_id: string;
        } & components["schemas"]["RelayRecordingFields"];
        /** @description The recording of a SIP call. */
        RelaySipRecording: {
            /**
             * Format: uuid
             * @description The leg of the call that was recorded.
             */
            relay_sip_leg_id: string;
        } & components["schemas"]["RelayRecordingFields"];
        /** @description The recording of a WebRTC call. */
        RelayWebRtcRecording: {
            /**
             * Format: uuid
             * @description The leg of the call that was recorded.
             */
            relay_webrtc_leg_id: string;
        } & components["schemas"]["RelayRecordingFields"];
        /** @description The recording of a conference. */
        RelayConferenceRecording: WithRequired<components["schemas"]["RelayRecordingFields"], "relay_conference_id">;
        /**
         * @description A recording; what it is a recording of shows in which `relay_…_id` it has.
         * @example {
         *       "id": "2f1f6c0e-5d5c-4d0b-9a55-6a1b8f6f7c10",
         *       "project_id": "0b1d7c5e-8a53-4c0e-9f0c-2d6f2a1e7b11",
         *       "created_at": "2024-05-09T14:03:11Z",
         *       "updated_at": "2024-05-09T14:03:33Z",
         *       "duration_in_seconds": 22,
         *       "price": 0.0025,
         *       "price_unit": "USD",
         *       "status": "completed",
         *       "url": "https://files.signalwire.com/5e0c3b7a-94a1-4d8e-8a7b-3f1b0b5a6c77/0b1d7c5e-8a53-4c0e-9f0c-2d6f2a1e7b11/recordings/2f1f6c0e-5d5c-4d0b-9a55-6a1b8f6f7c10.wav",
         *       "stereo": false,
         *       "byte_size": 176444,
         *       "track": "both",
         *       "relay_pstn_leg_id": "8c2e4c53-2f2b-4f6f-a1de-9b7a36d1f0aa"
         *     }
         */
        RelayRecording: components["schemas"]["RelayPstnRecording"] | components["schemas"]["RelaySipRecording"] | components["schemas"]["RelayWebRtcRecording"] | components["schemas"]["RelayConferenceRecording"];
        /** @description A page of recordings. */
        RelayRecordingList: {
            links: components["schemas"]["PaginationLinks"];
            /** @description The recordings of this page. */
            data: components["schemas"]["RelayRecording"][];
        };
        /**
         * Format: binary
         * @description Raw bytes. The media type says what they are; no schema can.
         */
        MediaBytes: unknown;
        /** @description What every list of the compatibility API says about paging. URIs are paths on the space's host. */
        CompatibilityPage: {
            /** @description This page. */
            uri: string;
            /** @description The first page. */
            first_page_uri: string;
            /** @description The next page; null on the last. */
            next_page_uri: string | null;
            /** @description The previous page; null on the first. */
            previous_page_uri: string | null;
            /**
             * Format: int32
             * @description The number of this page, counted from zero.
             */
            page: number;
            /**
             * Format: int32
             * @description The most items a page holds.
             */
            page_size: number;
        };
        /**
         * @description The state of a recording. Its bytes are there once it is `completed`.
         * @enum {string}
         */
        RecordingStatus: "queued" | "in-progress" | "paused" | "resumed" | "completed" | "absent" | "stopped";
        /**
         * @description What started the recording.
         * @enum {string}
         */
        RecordingSource: "DialVerb" | "Conference" | "OutBoundApi" | "Trunking" | "RecordVerb" | "StartCallRecordingApi" | "StartConferenceRecording";
        /**
         * @description The metadata of a recording.
         * @example {
         *       "sid": "2f1f6c0e-5d5c-4d0b-9a55-6a1b8f6f7c10",
         *       "account_sid": "0b1d7c5e-8a53-4c0e-9f0c-2d6f2a1e7b11",
         *       "api_version": "2010-04-01",
         *       "call_sid": "8c2e4c53-2f2b-4f6f-a1de-9b7a36d1f0aa",
         *       "conference_sid": null,
         *       "channel": "1",
         *       "channels": "1",
         *       "date_created": "Thu, 09 May 2024 14:03:11 +0000",
         *       "date_updated": "Thu, 09 May 2024 14:03:33 +0000",
         *       "start_time": "Thu, 09 May 2024 14:03:11 +0000",
         *       "end_time": "Thu, 09 May 2024 14:03:33 +0000",
         *       "duration": 22,
         *       "price": "0.0025",
         *       "price_unit": "USD",
         *       "source": "RecordVerb",
         *       "status": "completed",
         *       "error_code": null,
         *       "uri": "/api/laml/2010-04-01/Accounts/0b1d7c5e-8a53-4c0e-9f0c-2d6f2a1e7b11/Recordings/2f1f6c0e-5d5c-4d0b-9a55-6a1b8f6f7c10.json",
         *       "subresource_uris": {
         *         "transcriptions": "/api/laml/2010-04-01/Accounts/0b1d7c5e-8a53-4c0e-9f0c-2d6f2a1e7b11/Recordings/2f1f6c0e-5d5c-4d0b-9a55-6a1b8f6f7c10/Transcriptions.json"
         *       },
         *       "encryption_details": null,
         *       "trim": "do-not-trim"
         *     }
         */
        Recording: {
            /**
             * Format: uuid
             * @description The recording ID.
             */
            sid: string;
            /**
             * Format: uuid
             * @description The project the recording belongs to.
             */
            account_sid: string;
            /** @description The version of the compatibility API. */
            api_version: string;
            /** @description The call that was recorded, if it was one. */
            call_sid: string | null;
            /** @description The conference that was recorded, if it was one. */
            conference_sid: string | null;
            /**
             * @description The number of channels, as text; the same as `channels`.
             * @enum {string}
             */
            channel: "1" | "2";
            /**
             * @description The number of channels, as text.
             * @enum {string}
             */
            channels: "1" | "2";
            /** @description When the recording was created (RFC 2822). */
            date_created: string;
            /** @description When the recording was last changed (RFC 2822). */
            date_updated: string;
            /** @description When the recording started (RFC 2822). */
            start_time: string | null;
            /** @description When the recording ended (RFC 2822); null while it lasts. */
            end_time: string | null;
            /**
             * Format: int32
             * @description The length in seconds.
             */
            duration: number;
            /** @description What the recording cost, as text; null while unknown. */
            price: string | null;
            /** @description The currency of `price`. */
            price_unit: string;
            source: components["schemas"]["RecordingSource"];
            status: components["schemas"]["RecordingStatus"];
            /** @description Why recording failed, if it did. */
            error_code: string | null;
            /** @description The path of this metadata. Without `.json` it is the path of the bytes. */
            uri: string;
            /** @description Paths of what belongs to the recording. */
            subresource_uris: {
                /** @description The path of its transcriptions; out of scope here. */
                transcriptions: string;
            };
            /** @description How the recording is encrypted, if it is. */
            encryption_details: string | null;
            /** @description Whether silence at the ends was cut. */
            trim: string;
        };
        /** @description A page of recordings. */
        RecordingList: {
            /** @description The recordings of this page. */
            recordings: components["schemas"]["Recording"][];
        } & components["schemas"]["CompatibilityPage"];
        /**
         * @description The state of a message.
         * @enum {string}
         */
        MessageStatus: "queued" | "initiated" | "sent" | "failed" | "delivered" | "undelivered" | "received";
        /**
         * @description Which way a message went, and what sent it.
         * @enum {string}
         */
        MessageDirection: "inbound" | "outbound-api" | "outbound-call" | "outbound-reply";
        /**
         * @description A message, without its attachments.
         * @example {
         *       "account_sid": "0b1d7c5e-8a53-4c0e-9f0c-2d6f2a1e7b11",
         *       "api_version": "2010-04-01",
         *       "body": "Here is the photo",
         *       "num_segments": 1,
         *       "num_media": 1,
         *       "date_created": "Thu, 09 May 2024 14:03:11 +0000",
         *       "date_sent": "Thu, 09 May 2024 14:03:12 +0000",
         *       "date_updated": "Thu, 09 May 2024 14:03:12 +0000",
         *       "direction": "inbound",
         *       "error_code": null,
         *       "error_message": null,
         *       "from": "+15550100001",
         *       "price": 0.01,
         *       "price_unit": "USD",
         *       "sid": "41a7f1de-6f0f-4cf6-8d86-1a0b3f6f8a52",
         *       "status": "received",
         *       "to": "+15550100002",
         *       "messaging_service_sid": null,
         *       "uri": "/api/laml/2010-04-01/Accounts/0b1d7c5e-8a53-4c0e-9f0c-2d6f2a1e7b11/Messages/41a7f1de-6f0f-4cf6-8d86-1a0b3f6f8a52.json",
         *       "subresource_uris": {
         *         "media": "/api/laml/2010-04-01/Accounts/0b1d7c5e-8a53-4c0e-9f0c-2d6f2a1e7b11/Messages/41a7f1de-6f0f-4cf6-8d86-1a0b3f6f8a52/Media.json"
         *       }
         *     }
         */
        Message: {
            /**
             * Format: uuid
             * @description The project the message belongs to.
             */
            account_sid: string;
            /** @description The version of the compatibility API. */
            api_version: string;
            /** @description The text of the message; null if it has none. */
            body: string | null;
            /**
             * Format: int32
             * @description How many SMS segments the message was sent in.
             */
            num_segments: number;
            /**
             * Format: int32
             * @description How many attachments the message has.
             */
            num_media: number;
            /** @description When the message was created (RFC 2822). */
            date_created: string;
            /** @description When the message was sent (RFC 2822); null until then. */
            date_sent: string | null;
            /** @description When the message was last changed (RFC 2822). */
            date_updated: string;
            direction: components["schemas"]["MessageDirection"];
            /** @description Why sending failed, as a code, if it did. */
            error_code: string | null;
            /** @description Why sending failed, in words, if it did. */
            error_message: string | null;
            /** @description The sender's number. */
            from: string;
            /** @description What the message cost, as a number here; null while unknown. */
            price: number | null;
            /** @description The currency of `price`. */
            price_unit: string;
            /**
             * Format: uuid
             * @description The message ID.
             */
            sid: string;
            status: components["schemas"]["MessageStatus"];
            /** @description The recipient's number. */
            to: string;
            /** @description The messaging service that sent the message, if one did. */
            messaging_service_sid: string | null;
            /** @description The path of this message. */
            uri: string;
            /** @description Paths of what belongs to the message. */
            subresource_uris: {
                /** @description The path of the list of attachments. */
                media: string;
            };
        };
        /** @description A page of messages. */
        MessageList: {
            /** @description The messages of this page. */
            messages: components["schemas"]["Message"][];
        } & components["schemas"]["CompatibilityPage"];
        /**
         * @description The metadata of an attachment.
         * @example {
         *       "account_sid": "0b1d7c5e-8a53-4c0e-9f0c-2d6f2a1e7b11",
         *       "content_type": "image/jpeg",
         *       "date_created": "Thu, 09 May 2024 14:03:11 +0000",
         *       "date_updated": "Thu, 09 May 2024 14:03:11 +0000",
         *       "parent_sid": "41a7f1de-6f0f-4cf6-8d86-1a0b3f6f8a52",
         *       "sid": "6d0a4c38-3f0e-4f4e-8f39-0f2f0f6a9b21",
         *       "uri": "/api/laml/2010-04-01/Accounts/0b1d7c5e-8a53-4c0e-9f0c-2d6f2a1e7b11/Messages/41a7f1de-6f0f-4cf6-8d86-1a0b3f6f8a52/Media/6d0a4c38-3f0e-4f4e-8f39-0f2f0f6a9b21.json"
         *     }
         */
        MessageMedia: {
            /**
             * Format: uuid
             * @description The project the attachment belongs to.
             */
            account_sid: string;
            /** @description The media type of the attachment. */
            content_type: string;
            /** @description When the attachment was stored (RFC 2822). */
            date_created: string;
            /** @description When the attachment was last changed (RFC 2822). */
            date_updated: string;
            /**
             * Format: uuid
             * @description The message that carries the attachment.
             */
            parent_sid: string;
            /**
             * Format: uuid
             * @description The ID of the attachment.
             */
            sid: string;
            /** @description The path of this metadata. Without `.json` it is the path of the bytes. */
            uri: string;
        };
        /** @description A page of attachments. */
        MessageMediaList: {
            /** @description The attachments of this page. */
            media_list: components["schemas"]["MessageMedia"][];
        } & components["schemas"]["CompatibilityPage"];
        /**
         * @description The state of a fax.
         * @enum {string}
         */
        FaxStatus: "queued" | "processing" | "sending" | "delivered" | "receiving" | "received" | "no-answer" | "busy" | "failed" | "canceled";
        /**
         * @description Which way a fax went.
         * @enum {string}
         */
        FaxDirection: "inbound" | "outbound";
        /**
         * @description The resolution of a fax.
         * @enum {string}
         */
        FaxQuality: "standard" | "fine" | "superfine";
        /**
         * @description The metadata of a fax.
         * @example {
         *       "account_sid": "0b1d7c5e-8a53-4c0e-9f0c-2d6f2a1e7b11",
         *       "api_version": "2010-04-01",
         *       "date_created": "2024-05-09T14:03:11Z",
         *       "date_updated": "2024-05-09T14:04:02Z",
         *       "direction": "inbound",
         *       "from": "+15550100001",
         *       "media_url": "https://files.signalwire.com/5e0c3b7a-94a1-4d8e-8a7b-3f1b0b5a6c77/0b1d7c5e-8a53-4c0e-9f0c-2d6f2a1e7b11/faxes/20240509-9c4b7a52-1be0-4a64-8a8d-0d6a6a2f3e43.pdf",
         *       "media_sid": "9c4b7a52-1be0-4a64-8a8d-0d6a6a2f3e43",
         *       "num_pages": "2",
         *       "price": "0.02",
         *       "price_unit": "USD",
         *       "quality": "fine",
         *       "sid": "d3b5a1f4-0f3b-4b93-9f64-5f1c1f0c7e34",
         *       "status": "received",
         *       "to": "+15550100002",
         *       "duration": 51,
         *       "links": {
         *         "media": "/api/laml/2010-04-01/Accounts/0b1d7c5e-8a53-4c0e-9f0c-2d6f2a1e7b11/Faxes/d3b5a1f4-0f3b-4b93-9f64-5f1c1f0c7e34/Media"
         *       },
         *       "url": "/api/laml/2010-04-01/Accounts/0b1d7c5e-8a53-4c0e-9f0c-2d6f2a1e7b11/Faxes/d3b5a1f4-0f3b-4b93-9f64-5f1c1f0c7e34",
         *       "error_code": null,
         *       "error_message": null
         *     }
         */
        Fax: {
            /** @description The project the fax belongs to. */
            account_sid: string;
            /** @description The version of the compatibility API. */
            api_version: string;
            /** @description When the fax was created (ISO 8601). */
            date_created: string;
            /** @description When the fax was last changed (ISO 8601). */
            date_updated: string;
            direction: components["schemas"]["FaxDirection"];
            /** @description The sender's number. */
            from: string;
            /** @description Where the bytes of the document are; null while there are none. Protected by `protect_fax_media`. */
            media_url: string | null;
            /** @description The ID of the document. */
            media_sid: string;
            /** @description The number of pages, as text; null while unknown. */
            num_pages: string | null;
            /** @description What the fax cost, as text; null while unknown. */
            price: string | null;
            /** @description The currency of `price`. */
            price_unit: string;
            quality: components["schemas"]["FaxQuality"];
            /** @description The fax ID. */
            sid: string;
            status: components["schemas"]["FaxStatus"];
            /** @description The recipient's number. */
            to: string;
            /**
             * Format: int32
             * @description How long the transmission took, in seconds.
             */
            duration: number;
            /** @description Paths of what belongs to the fax. */
            links: {
                /** @description The list of documents. */
                media: string;
            };
            /** @description Where this metadata is. */
            url: string;
            /** @description Why the fax failed, as a code, if it did. */
            error_code: string | null;
            /** @description Why the fax failed, in words, if it did. */
            error_message: string | null;
        };
        /** @description A page of faxes. */
        FaxList: {
            /** @description The faxes of this page. */
            faxes: components["schemas"]["Fax"][];
        } & components["schemas"]["CompatibilityPage"];
        /** @description The metadata of a fax document. */
        FaxMedia: {
            /** @description The project the document belongs to. */
            account_sid: string;
            /** @description The media type of the document. */
            content_type: string;
            /** @description When the document was stored (ISO 8601). */
            date_created: string;
            /** @description When the document was last changed (ISO 8601). */
            date_updated: string;
            /** @description The fax the document belongs to. */
            fax_sid: string;
            /** @description The ID of the document. */
            sid: string;
            /** @description The path of this metadata. Without `.json` it is the path of the bytes. */
            uri: string;
            /** @description Where this metadata is. */
            url: string;
        };
        /** @description A page of fax documents. The platform's description requires both keys; that they hold the same list is our reading. */
        FaxMediaList: {
            /** @description The documents of this page. */
            media: components["schemas"]["FaxMedia"][];
            /** @description The documents of this page, as in `media`. */
            fax_media: components["schemas"]["FaxMedia"][];
        } & components["schemas"]["CompatibilityPage"];
        /** @description One part of what a fax cost. */
        FaxLogCharge: {
            /** @description What the part is for. */
            description: string;
            /**
             * Format: double
             * @description The amount.
             */
            charge: number;
        };
        /** @description A fax as the REST API logs it. */
        FaxLog: {
            /**
             * Format: uuid
             * @description The ID of the log.
             */
            id: string;
            /** @description The sender's number. */
            from: string | null;
            /** @description The recipient's number. */
            to: string | null;
            /**
             * @description The state of the fax, in words of its own, not those of FaxStatus.
             * @enum {string}
             */
            status: "queued" | "initiated" | "ringing" | "in-progress" | "busy" | "failed" | "no-answer" | "canceled" | "completed";
            /** @description Which way the fax went, and what sent it. */
            direction: ("inbound" | "outbound-api" | "outbound-dial") | null;
            /**
             * @description The API the fax went through.
             * @enum {string}
             */
            source: "laml";
            /**
             * @description The kind of resource at `url`.
             * @enum {string}
             */
            type: "laml_call";
            /**
             * Format: uri
             * @description The fax in the compatibility API.
             */
            url: string;
            /** @description How the other machine names itself. */
            remote_station: string | null;
            /**
             * Format: double
             * @description What the fax cost.
             */
            charge: number;
            /** @description The number of pages; null while unknown. */
            number_of_pages: number | null;
            /** @description The resolution of the fax; null while unknown. */
            quality: ("fine" | "standard" | "superfine") | null;
            /** @description What `charge` is made of. */
            charge_details: components["schemas"]["FaxLogCharge"][];
            /**
             * Format: date-time
             * @description When the fax was created.
             */
            created_at: string;
            /** @description Why the fax failed, as a code, if it did. */
            error_code: string | null;
            /** @description Why the fax failed, in words, if it did. */
            error_message: string | null;
        };
        /** @description A page of fax logs. */
        FaxLogList: {
            links: components["schemas"]["PaginationLinks"];
            /** @description The fax logs of this page. */
            data: components["schemas"]["FaxLog"][];
        };
        /** @description What logged conferences have in common, those of a video room apart. */
        ConferenceLogFields: {
            /** @description The conference ID. */
            id: string;
            /**
             * Format: date-time
             * @description When the conference was created.
             */
            created_at: string;
            /**
             * Format: uuid
             * @description The project the conference belongs to.
             */
            project_id: string;
            /** @description Where the conference is mixed. */
            region: string;
            /** @description The name of the conference. */
            name: string | null;
            /** @description The state of the conference, as in `in-progress` and `completed`. */
            status: string | null;
            /**
             * Format: int32
             * @description The most participants it takes.
             */
            max_size: number | null;
            /**
             * Format: int32
             * @description How many participants there are now.
             */
            current_participants: number;
            /**
             * Format: date-time
             * @description When the conference was last changed.
             */
            updated_at: string;
        };
        /** @description A conference of cXML. Its recordings are in the compatibility API. */
        CxmlConferenceLog: {
            /**
             * @description The sort of conference.
             * @enum {string}
             */
            type: "cxml_conference";
        } & components["schemas"]["ConferenceLogFields"];
        /** @description A conference of SWML or Relay, with its recording. */
        RelayConferenceLog: {
            /**
             * @description The sort of conference.
             * @enum {string}
             */
            type: "relay_conference";
            /** @description Where the bytes of the recording are; null while there are none. Protected by `protect_recordings`. */
            recording_url: string | null;
            /**
             * Format: int32
             * @description The length of the recording, in seconds.
             */
            recording_duration: number | null;
            /**
             * Format: int64
             * @description The size of the recording, in bytes.
             */
            recording_file_size: number | null;
        } & components["schemas"]["ConferenceLogFields"];
        /** @description A session of a video room. Its recordings have no switch, and are at the video API, which this contract leaves out. */
        VideoConferenceLog: {
            /** @description The session ID. */
            id: string;
            /**
             * Format: date-time
             * @description When the session was created.
             */
            created_at: string;
            /** @description The API the session went through. */
            source: string;
            /**
             * @description The sort of conference.
             * @enum {string}
             */
            type: "video_conference_session" | "video_room_session";
            /** @description The session in the video API. */
            url: string;
            /** @description The name of the room. */
            room_name: string | null;
            /** @description The state of the session. */
            status: string | null;
            /** @description Whether nobody else may join. */
            locked: boolean;
            /**
             * Format: date-time
             * @description When the session began.
             */
            started_at: string | null;
            /**
             * Format: date-time
             * @description When the session ended.
             */
            ended_at: string | null;
            /** @description What the session cost, as text. */
            charge: string;
            /** @description What `charge` is made of. */
            charge_details: components["schemas"]["ConferenceLogCharge"][];
        };
        /** @description One part of what a session cost. */
        ConferenceLogCharge: {
            /** @description What the part is for. */
            description: string;
            /** @description The amount, as text. */
            charge: string;
        };
        /**
         * @description A logged conference; `type` says which sort it is.
         * @example {
         *       "id": "71c2a6f0-3f5e-4f39-9c1e-0a4c0a9b7d52",
         *       "created_at": "2026-05-09T14:03:11Z",
         *       "project_id": "0b1d7c5e-8a53-4c0e-9f0c-2d6f2a1e7b11",
         *       "region": "us",
         *       "name": "Support",
         *       "status": "completed",
         *       "max_size": 250,
         *       "current_participants": 0,
         *       "updated_at": "2026-05-09T14:03:33Z",
         *       "type": "relay_conference",
         *       "recording_url": "https://files.signalwire.com/5e0c3b7a-94a1-4d8e-8a7b-3f1b0b5a6c77/0b1d7c5e-8a53-4c0e-9f0c-2d6f2a1e7b11/recordings/2f1f6c0e-5d5c-4d0b-9a55-6a1b8f6f7c10.wav",
         *       "recording_duration": 22,
         *       "recording_file_size": 352044
         *     }
         */
        ConferenceLog: components["schemas"]["RelayConferenceLog"] | components["schemas"]["CxmlConferenceLog"] | components["schemas"]["VideoConferenceLog"];
        /** @description A page of conference logs. */
        ConferenceLogList: {
            links: components["schemas"]["PaginationLinks"];
            /** @description The conference logs of this page. */
            data: components["schemas"]["ConferenceLog"][];
        };
        /**
         * @description Something that happened in a call.
         * @example {
         *       "event_at": "2026-05-09T14:03:33Z",
         *       "level": "info",
         *       "name": "calling.call.record",
         *       "details": {
         *         "params": {
         *           "state": "finished",
         *           "recording_id": "2f1f6c0e-5d5c-4d0b-9a55-6a1b8f6f7c10",
         *           "url": "https://files.signalwire.com/5e0c3b7a-94a1-4d8e-8a7b-3f1b0b5a6c77/0b1d7c5e-8a53-4c0e-9f0c-2d6f2a1e7b11/recordings/2f1f6c0e-5d5c-4d0b-9a55-6a1b8f6f7c10.wav",
         *           "duration": 22
         *         }
         *       },
         *       "project_id": "0b1d7c5e-8a53-4c0e-9f0c-2d6f2a1e7b11",
         *       "log_id": "8c2e4c53-2f2b-4f6f-a1de-9b7a36d1f0aa"
         *     }
         */
        VoiceLogEvent: {
            /**
             * Format: date-time
             * @description When it happened.
             */
            event_at: string;
            /**
             * @description How bad it is.
             * @enum {string}
             */
            level: "info" | "warn" | "error" | "debug";
            /** @description What happened, as in `calling.call.record`. */
            name: string;
            details: components["schemas"]["VoiceLogEventDetails"];
            /**
             * Format: uuid
             * @description The project the call belongs to.
             */
            project_id: string;
            /**
             * Format: uuid
             * @description The voice log the event is in.
             */
            log_id: string;
        };
        /** @description Particulars of an event, different for each name and open to more. The platform's description leaves them untyped. Source of `params`, which those of a recording have: public code that reads them. */
        VoiceLogEventDetails: {
            /** @description What the callback of the same name carries. */
            params?: {
                /** @description Of a recording, `recording`, `paused`, `finished`, `no_input` or `error`. */
                state?: string;
                /** @description The recording ID. */
                recording_id?: string;
                /** @description Where the bytes are, or will be: it is there from the state `recording` on. Protected by `protect_recordings`. */
                url?: string;
                /** @description The length of the recording, in seconds. */
                duration?: number;
            };
        };
        /** @description The events of a voice log. */
        VoiceLogEventList: {
            /** @description The events, the oldest first. */
            data: components["schemas"]["VoiceLogEvent"][];
        };
        /** @description The text of a message. */
        UpdateMessageRequest: {
            /** @description The new text; empty to redact it. */
            body: string;
        };
        /** @description A message as the REST API shows it. */
        RestMessage: {
            /**
             * Format: uuid
             * @description The message ID.
             */
            id: string;
            /** @description The sender's number. */
            from: string;
            /** @description The recipient's number. */
            to: string;
            /** @description The text of the message. */
            body: string;
            /**
             * @description The state of the message, in words of its own, not those of MessageStatus. There is none for one that was received.
             * @enum {string}
             */
            status: "queued" | "initiated" | "sent" | "delivered" | "undelivered" | "failed" | "read";
            /**
             * @description Which way the message went.
             * @enum {string}
             */
            direction: "inbound" | "outbound";
            /**
             * @description The sort of message.
             * @enum {string}
             */
            kind: "sms" | "mms" | "whatsapp";
            /** @description Where the bytes of the attachments are. Protected by `protect_message_media`. Source: the platform's published description, 2026. */
            media: string[];
            /**
             * Format: int32
             * @description In how many parts the text is sent.
             */
            number_of_segments: number;
            /** @description Why the message failed, as a code, if it did. */
            error_code: string | null;
            /** @description Why the message failed, in words, if it did. */
            error_message: string | null;
            /**
             * Format: date-time
             * @description When the message was created.
             */
            created_at: string;
            /**
             * Format: uuid
             * @description The project the message belongs to.
             */
            project_id: string;
            /**
             * Format: uri
             * @description Where the platform tells how the message fares, if anywhere.
             */
            status_callback_url: string | null;
            /** @description The path of the message. */
            message_uri: string;
        };
        /** @description The body of a 400 of the REST API. */
        BadRequestError: {
            /**
             * @description The reason phrase.
             * @enum {string}
             */
            error: "Bad Request";
        };
        /** @description The body of a 401 of the REST API. */
        UnauthorizedError: {
            /**
             * @description The reason phrase.
             * @enum {string}
             */
            error: "Unauthorized";
        };
        /** @description The body of a 403 of the REST API. Our reading, by analogy with the others. */
        ForbiddenError: {
            /**
             * @description The reason phrase.
             * @enum {string}
             */
            error: "Forbidden";
        };
        /** @description The body of a 404 of the REST API. */
        NotFoundError: {
            /**
             * @description The reason phrase.
             * @enum {string}
             */
            error: "Not Found";
        };
        /** @description The body of a 429 of the REST API. Our reading, by analogy with the others. */
        TooManyRequestsError: {
            /**
             * @description The reason phrase.
             * @enum {string}
             */
            error: "Too Many Requests";
        };
        /** @description The body of a 500 of the REST API. */
        InternalServerError: {
            /**
             * @description The reason phrase.
             * @enum {string}
             */
            error: "Internal Server Error";
        };
        /**
         * @description Why the REST API refused a request.
         * @example {
         *       "errors": [
         *         {
         *           "type": "validation_error",
         *           "code": "nested_subprojects_not_allowed",
         *           "message": "A subproject cannot have subprojects.",
         *           "attribute": null,
         *           "url": "https://developer.signalwire.com/rest/overview/error-codes/#nested_subprojects_not_allowed"
         *         }
         *       ]
         *     }
         */
        RestErrors: {
            /** @description One entry for each reason. */
            errors: components["schemas"]["RestErrorItem"][];
        };
        /** @description One reason why the REST API refused a request. */
        RestErrorItem: {
            /** @description The sort of error. */
            type: string;
            /** @description The error itself, for programs. */
            code: string;
            /** @description The error itself, for people. */
            message: string;
            /** @description The field of the request that is wrong, if it is one. */
            attribute?: string | null;
            /** @description A page that explains the error. */
            url: string;
        };
        /** @description Why the Relay REST API refused a request. */
        RelayErrors: {
            /** @description One entry for each reason. */
            errors: components["schemas"]["RelayErrorItem"][];
        };
        /** @description One reason why the Relay REST API refused a request. */
        RelayErrorItem: {
            /** @description The error itself, for people. */
            detail: string;
            /** @description The status code, as text. */
            status: string;
            /** @description The sort of error, for people. */
            title: string;
            /** @description The error itself, for programs. */
            code: string;
        };
        /**
         * @description The body of every error of the compatibility API.
         * @example {
         *       "code": 20003,
         *       "message": "Authentication Error",
         *       "more_info": "https://developer.signalwire.com/compatibility-api/reference/error-codes",
         *       "status": 401
         *     }
         */
        CompatibilityError: {
            /**
             * Format: int32
             * @description The error itself, for programs; 20003 means wrong or missing credentials.
             */
            code: number;
            /** @description The error itself, for people. */
            message: string;
            /** @description A page that explains the error. */
            more_info: string;
            /**
             * Format: int32
             * @description The status code of the response.
             */
            status: number;
        };
    };
    responses: {
        /** @description The request cannot be read. */
        RestBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["BadRequestError"];
            };
        };
        /** @description The body is not JSON, or a query parameter is not of its type. Our addition: the platform documents this response for fax logs only. */
        RestMalformed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["BadRequestError"];
            };
        };
        /** @description Credentials are missing or wrong. Perhaps also: the token lacks the scope; the platform documents no other response for that. */
        RestUnauthorized: {
            headers: {
                "WWW-Authenticate": components["headers"]["WwwAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["UnauthorizedError"];
            };
        };
        /** @description The token lacks the scope, or the media is protected. Our addition: the platform's general page on errors has 403, its operations list only 401. */
        RestForbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ForbiddenError"];
            };
        };
        /** @description Nothing by this ID that the caller may see. */
        RestNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["NotFoundError"];
            };
        };
        /** @description The request is well formed and refused; `errors` says why. */
        RestUnprocessable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RestErrors"];
            };
        };
        /**
         * @description Too many writes in a short time. Our addition: the platform names the limit, and that reads are hardly
         *     limited, but documents no response; the body is our reading.
         */
        RestTooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["TooManyRequestsError"];
            };
        };
        /** @description The platform failed. Worth another try after a pause. */
        RestInternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["InternalServerError"];
            };
        };
        /** @description The request is well formed and refused; `errors` says why. */
        RelayUnprocessable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RelayErrors"];
            };
        };
        /** @description The request cannot be read. */
        CompatBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["CompatibilityError"];
            };
        };
        /** @description Credentials are missing or wrong; for bytes, only while their kind is protected. Perhaps also: the token lacks the scope; the platform documents no other response for that. */
        CompatUnauthorized: {
            headers: {
                "WWW-Authenticate": components["headers"]["WwwAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["CompatibilityError"];
            };
        };
        /** @description The token lacks the scope, or the media is protected. Our addition: the platform's general page on errors has 403, its operations list only 401. */
        CompatForbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["CompatibilityError"];
            };
        };
        /** @description Nothing by this ID that the caller may see. On lists, and on paths that are our addition, this response is our addition too: an account or a parent outside the caller's tree. */
        CompatNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["CompatibilityError"];
            };
        };
        /** @description The fax is still in progress. */
        CompatConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["CompatibilityError"];
            };
        };
        /** @description The request is well formed and refused; `message` says why. */
        CompatUnprocessable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["CompatibilityError"];
            };
        };
        /**
         * @description Too many writes in a short time. Our addition: the platform names the limit but documents no response;
         *     the body is our reading.
         */
        CompatTooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["CompatibilityError"];
            };
        };
        /** @description The media is protected and credentials are missing or wrong. Our addition; the body, that of the REST API, is our reading. */
        FilesUnauthorized: {
            headers: {
                "WWW-Authenticate": components["headers"]["WwwAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["UnauthorizedError"];
            };
        };
        /** @description The media is there and the caller may have it. No body. Our addition. */
        MediaHead: {
            headers: {
                ETag: components["headers"]["ETag"];
                "Last-Modified": components["headers"]["LastModified"];
                "Accept-Ranges": components["headers"]["AcceptRanges"];
                "Content-Length": components["headers"]["ContentLength"];
                "Content-Disposition": components["headers"]["ContentDisposition"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The bytes are at `Location`. From the space, an attachment has been seen to lead to the files host, which wants credentials as the space does. Else it is a signed URL of a storage host that lives for a short time. Such redirects have been seen; whether they still happen is unverified. That URL needs no credentials, and storage of this sort refuses a request that carries `Authorization` beside a signature. Our addition. */
        StorageRedirect: {
            headers: {
                Location: components["headers"]["Location"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The version at hand is current. Our addition. */
        NotModified: {
            headers: {
                ETag: components["headers"]["ETag"];
                "Last-Modified": components["headers"]["LastModified"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description `If-Match` or `If-Unmodified-Since` names another version than the one at hand. Our addition, as RFC 9110 has it. */
        PreconditionFailed: {
            headers: {
                ETag: components["headers"]["ETag"];
                "Last-Modified": components["headers"]["LastModified"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description `Range` starts beyond the last byte. Our addition. */
        RangeNotSatisfiable: {
            headers: {
                "Content-Range": components["headers"]["ContentRangeUnsatisfied"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description As in answer to GET, without the body. Our addition. */
        HeadUnauthorized: {
            headers: {
                "WWW-Authenticate": components["headers"]["WwwAuthenticate"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description As in answer to GET, without the body. Our addition. */
        HeadForbidden: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description As in answer to GET, without the body. Our addition. */
        HeadNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
    };
    parameters: {
        /** @description The ID of a project of the caller's tree. */
        ProjectId: string;
        /** @description Only projects of this name. */
        ProjectName: string;
        /** @description Items to a page. */
        RestPageSize: number;
        /** @description The page, counted from zero. Beyond the first page it goes together with `page_token`. */
        RestPageNumber: number;
        /** @description The token of a page, as it stands in the links of the page before. */
        RestPageToken: string;
        /** @description The ID of an API token. */
        TokenId: string;
        /** @description The ID of a recording. */
        RelayRecordingId: string;
        /** @description The ID of a fax log. */
        FaxLogId: string;
        /** @description The ID of a voice log, which is that of the call. */
        VoiceLogId: string;
        /** @description The ID of a message. */
        RestMessageId: string;
        /** @description Whether logs of deleted faxes are listed too. */
        IncludeDeleted: boolean;
        /** @description Only faxes created before this date. */
        CreatedBefore: string;
        /** @description Only faxes created on this date. */
        CreatedOn: string;
        /** @description Only faxes created after this date. */
        CreatedAfter: string;
        /** @description The project ID; the compatibility API calls it the account. */
        AccountSid: string;
        /** @description The ID of a recording. */
        RecordingSid: string;
        /** @description The ID of a message. */
        MessageSid: string;
        /** @description The ID of a fax. */
        FaxSid: string;
        /** @description The ID of an attachment or of a fax document. */
        MediaSid: string;
        /** @description The ID of the message that carries the attachment. */
        ParentMessageSid: string;
        /** @description The ID of the fax that the document belongs to. */
        ParentFaxSid: string;
        /** @description The ID of the call that was recorded. */
        ParentCallSid: string;
        /** @description The ID of the conference that was recorded. */
        ParentConferenceSid: string;
        /** @description The page, counted from zero. Beyond the first page it goes together with `PageToken`. */
        Page: number;
        /** @description Items to a page. */
        PageSize: number;
        /** @description The token of a page, as it stands in `next_page_uri`. */
        PageToken: string;
        /** @description Only items created on this date. */
        DateCreated: string;
        /** @description Only items created before this date. The `<` is part of the parameter's name. */
        DateCreatedBefore: string;
        /** @description Only items created after this date. The `>` is part of the parameter's name. */
        DateCreatedAfter: string;
        /** @description Only recordings of this call. */
        CallSid: string;
        /** @description Only recordings of this conference. */
        ConferenceSid: string;
        /** @description Only messages sent on this date. */
        DateSent: string;
        /** @description Only messages sent before this date. The `<` is part of the parameter's name. */
        DateSentBefore: string;
        /** @description Only messages sent after this date. The `>` is part of the parameter's name. */
        DateSentAfter: string;
        /** @description Only messages sent from this number. */
        MessageFrom: string;
        /** @description Only messages sent to this number. */
        MessageTo: string;
        /** @description Only messages in this state. */
        MessageStatusFilter: components["schemas"]["MessageStatus"];
        /** @description Only faxes created after this date. */
        FaxCreatedAfter: string;
        /** @description Only faxes created on or before this date. */
        FaxCreatedOnOrBefore: string;
        /** @description Only faxes sent from this number. */
        FaxFrom: string;
        /** @description Only faxes sent to this number. */
        FaxTo: string;
        /** @description The bytes wanted, as one range or several (RFC 9110, section 14.2). Our addition. */
        Range: string;
        /**
         * @description A strong ETag or a date: `Range` counts only while the media is still that version, otherwise the
         *     whole of it is sent (RFC 9110, section 13.1.5). Our addition.
         */
        IfRange: string;
        /**
         * @description Strong ETags; 412 if none of them is current, so that parts of two versions are never joined
         *     (RFC 9110, section 13.1.1). Our addition.
         */
        IfMatch: string;
        /**
         * @description 412 if the media is newer than this date; ignored beside `If-Match` (RFC 9110, section 13.1.4). Our
         *     addition.
         */
        IfUnmodifiedSince: string;
        /** @description ETags at hand; 304 if one of them is current (RFC 9110, section 13.1.2). Our addition. */
        IfNoneMatch: string;
        /**
         * @description 304 if the media is no newer than this date; ignored beside `If-None-Match` (RFC 9110,
         *     section 13.1.3). Our addition.
         */
        IfModifiedSince: string;
        /** @description The ID of the space. */
        SpaceId: string;
        /** @description The ID of the project the media belongs to. */
        FilesProjectId: string;
        /** @description The recording ID and the extension of a format, `.wav`, `.mp3` or `.mp4`. */
        RecordingFile: string;
        /** @description The ID of the attachment, with or without the extension of its type. Our reading. */
        MessageFile: string;
        /** @description The name that the attachment was sent with. Its extension may be in upper case. */
        MessageMediaFile: string;
        /** @description A date, a hyphen, the document ID and the extension of its format, as seen in callbacks. */
        FaxFile: string;
    };
    requestBodies: never;
    headers: {
        /** @description A strong validator of this representation. Our addition. */
        ETag: string;
        /** @description When the media was last changed, as an HTTP date. Our addition. */
        LastModified: string;
        /** @description `bytes` where ranges are served, else `none` or absent. Our addition. */
        AcceptRanges: string;
        /** @description The number of bytes that follow; in answer to HEAD, that would follow. */
        ContentLength: number;
        /** @description A file name the server suggests. Not to be trusted as a path. Our addition. */
        ContentDisposition: string;
        /** @description Which bytes follow, and of how many. */
        ContentRange: string;
        /** @description How many bytes there are. */
        ContentRangeUnsatisfied: string;
        /** @description Where the bytes are. Take no credentials there, unless it is the files host. */
        Location: string;
        /** @description How long to wait, in seconds or as an HTTP date. */
        RetryAfter: string;
        /** @description The scheme wanted. RFC 9110 requires it with 401, so we add it; the platform does not document it. */
        WwwAuthenticate: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listProjects: {
        parameters: {
            query?: {
                /** @description Only projects of this name. */
                name?: components["parameters"]["ProjectName"];
                /** @description Items to a page. */
                page_size?: components["parameters"]["RestPageSize"];
                /** @description The token of a page, as it stands in the links of the page before. */
                page_token?: components["parameters"]["RestPageToken"];
                /** @description The page, counted from zero. Beyond the first page it goes together with `page_token`. */
                page_number?: components["parameters"]["RestPageNumber"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of projects. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectList"];
                };
            };
            400: components["responses"]["RestMalformed"];
            401: components["responses"]["RestUnauthorized"];
            403: components["responses"]["RestForbidden"];
            500: components["responses"]["RestInternalError"];
        };
    };
    createProject: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateProjectRequest"];
            };
        };
        responses: {
            /** @description The new subproject, with its signing key. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectWithSigningKey"];
                };
            };
            400: components["responses"]["RestMalformed"];
            401: components["responses"]["RestUnauthorized"];
            403: components["responses"]["RestForbidden"];
            422: components["responses"]["RestUnprocessable"];
            429: components["responses"]["RestTooManyRequests"];
            500: components["responses"]["RestInternalError"];
        };
    };
    getProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of a project of the caller's tree. */
                id: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The project. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            401: components["responses"]["RestUnauthorized"];
            403: components["responses"]["RestForbidden"];
            404: components["responses"]["RestNotFound"];
            500: components["responses"]["RestInternalError"];
        };
    };
    deleteProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of a project of the caller's tree. */
                id: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The subproject is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["RestUnauthorized"];
            403: components["responses"]["RestForbidden"];
            404: components["responses"]["RestNotFound"];
            422: components["responses"]["RestUnprocessable"];
            429: components["responses"]["RestTooManyRequests"];
            500: components["responses"]["RestInternalError"];
        };
    };
    updateProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of a project of the caller's tree. */
                id: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateProjectRequest"];
            };
        };
        responses: {
            /** @description The whole project after the change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            400: components["responses"]["RestMalformed"];
            401: components["responses"]["RestUnauthorized"];
            403: components["responses"]["RestForbidden"];
            404: components["responses"]["RestNotFound"];
            422: components["responses"]["RestUnprocessable"];
            429: components["responses"]["RestTooManyRequests"];
            500: components["responses"]["RestInternalError"];
        };
    };
    rotateSigningKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of a project of the caller's tree. */
                id: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The project with its new signing key. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectWithSigningKey"];
                };
            };
            401: components["responses"]["RestUnauthorized"];
            403: components["responses"]["RestForbidden"];
            404: components["responses"]["RestNotFound"];
            429: components["responses"]["RestTooManyRequests"];
            500: components["responses"]["RestInternalError"];
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateTokenRequest"];
            };
        };
        responses: {
            /** @description The new token, secret included. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiToken"];
                };
            };
            400: components["responses"]["RestMalformed"];
            401: components["responses"]["RestUnauthorized"];
            403: components["responses"]["RestForbidden"];
            422: components["responses"]["RestUnprocessable"];
            429: components["responses"]["RestTooManyRequests"];
            500: components["responses"]["RestInternalError"];
        };
    };
    deleteToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of an API token. */
                token_id: components["parameters"]["TokenId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The token is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["RestUnauthorized"];
            403: components["responses"]["RestForbidden"];
            404: components["responses"]["RestNotFound"];
            429: components["responses"]["RestTooManyRequests"];
            500: components["responses"]["RestInternalError"];
        };
    };
    updateToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of an API token. */
                token_id: components["parameters"]["TokenId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateTokenRequest"];
            };
        };
        responses: {
            /** @description The whole token after the change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiToken"];
                };
            };
            400: components["responses"]["RestMalformed"];
            401: components["responses"]["RestUnauthorized"];
            403: components["responses"]["RestForbidden"];
            404: components["responses"]["RestNotFound"];
            422: components["responses"]["RestUnprocessable"];
            429: components["responses"]["RestTooManyRequests"];
            500: components["responses"]["RestInternalError"];
        };
    };
    listRelayRecordings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of recordings. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RelayRecordingList"];
                };
            };
            401: components["responses"]["RestUnauthorized"];
            403: components["responses"]["RestForbidden"];
            404: components["responses"]["RestNotFound"];
            422: components["responses"]["RelayUnprocessable"];
            500: components["responses"]["RestInternalError"];
        };
    };
    getRelayRecording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of a recording. */
                id: components["parameters"]["RelayRecordingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recording. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RelayRecording"];
                };
            };
            401: components["responses"]["RestUnauthorized"];
            403: components["responses"]["RestForbidden"];
            404: components["responses"]["RestNotFound"];
            422: components["responses"]["RelayUnprocessable"];
            500: components["responses"]["RestInternalError"];
        };
    };
    deleteRelayRecording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of a recording. */
                id: components["parameters"]["RelayRecordingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recording is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["RestUnauthorized"];
            403: components["responses"]["RestForbidden"];
            404: components["responses"]["RestNotFound"];
            422: components["responses"]["RelayUnprocessable"];
            429: components["responses"]["RestTooManyRequests"];
            500: components["responses"]["RestInternalError"];
        };
    };
    listRecordings: {
        parameters: {
            query?: {
                /** @description Only items created on this date. */
                DateCreated?: components["parameters"]["DateCreated"];
                /** @description Only items created before this date. The `<` is part of the parameter's name. */
                "DateCreated<"?: components["parameters"]["DateCreatedBefore"];
                /** @description Only items created after this date. The `>` is part of the parameter's name. */
                "DateCreated>"?: components["parameters"]["DateCreatedAfter"];
                /** @description Only recordings of this call. */
                CallSid?: components["parameters"]["CallSid"];
                /** @description Only recordings of this conference. */
                ConferenceSid?: components["parameters"]["ConferenceSid"];
                /** @description The page, counted from zero. Beyond the first page it goes together with `PageToken`. */
                Page?: components["parameters"]["Page"];
                /** @description Items to a page. */
                PageSize?: components["parameters"]["PageSize"];
                /** @description The token of a page, as it stands in `next_page_uri`. */
                PageToken?: components["parameters"]["PageToken"];
            };
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingList"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            422: components["responses"]["CompatUnprocessable"];
        };
    };
    listRecordingsJson: {
        parameters: {
            query?: {
                /** @description Only items created on this date. */
                DateCreated?: components["parameters"]["DateCreated"];
                /** @description Only items created before this date. The `<` is part of the parameter's name. */
                "DateCreated<"?: components["parameters"]["DateCreatedBefore"];
                /** @description Only items created after this date. The `>` is part of the parameter's name. */
                "DateCreated>"?: components["parameters"]["DateCreatedAfter"];
                /** @description Only recordings of this call. */
                CallSid?: components["parameters"]["CallSid"];
                /** @description Only recordings of this conference. */
                ConferenceSid?: components["parameters"]["ConferenceSid"];
                /** @description The page, counted from zero. Beyond the first page it goes together with `PageToken`. */
                Page?: components["parameters"]["Page"];
                /** @description Items to a page. */
                PageSize?: components["parameters"]["PageSize"];
                /** @description The token of a page, as it stands in `next_page_uri`. */
                PageToken?: components["parameters"]["PageToken"];
            };
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingList"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            422: components["responses"]["CompatUnprocessable"];
        };
    };
    downloadRecording: {
        parameters: {
            query?: never;
            header?: {
                /** @description The bytes wanted, as one range or several (RFC 9110, section 14.2). Our addition. */
                Range?: components["parameters"]["Range"];
                /**
                 * @description A strong ETag or a date: `Range` counts only while the media is still that version, otherwise the
                 *     whole of it is sent (RFC 9110, section 13.1.5). Our addition.
                 */
                "If-Range"?: components["parameters"]["IfRange"];
                /**
                 * @description Strong ETags; 412 if none of them is current, so that parts of two versions are never joined
                 *     (RFC 9110, section 13.1.1). Our addition.
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description 412 if the media is newer than this date; ignored beside `If-Match` (RFC 9110, section 13.1.4). Our
                 *     addition.
                 */
                "If-Unmodified-Since"?: components["parameters"]["IfUnmodifiedSince"];
                /** @description ETags at hand; 304 if one of them is current (RFC 9110, section 13.1.2). Our addition. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description 304 if the media is no newer than this date; ignored beside `If-None-Match` (RFC 9110,
                 *     section 13.1.3). Our addition.
                 */
                "If-Modified-Since"?: components["parameters"]["IfModifiedSince"];
            };
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a recording. */
                Sid: components["parameters"]["RecordingSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole recording. JSON, if it is ever sent, is the metadata. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["LastModified"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": components["schemas"]["MediaBytes"];
                    "application/json": components["schemas"]["MediaBytes"] | components["schemas"]["Recording"];
                };
            };
            /** @description The part of the recording that `Range` asked for, or several as `multipart/byteranges`. Our addition. */
            206: {
                headers: {
                    "Content-Range": components["headers"]["ContentRange"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["LastModified"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": components["schemas"]["MediaBytes"];
                    "multipart/byteranges": components["schemas"]["MediaBytes"];
                };
            };
            302: components["responses"]["StorageRedirect"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            412: components["responses"]["PreconditionFailed"];
            416: components["responses"]["RangeNotSatisfiable"];
        };
    };
    deleteRecording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a recording. */
                Sid: components["parameters"]["RecordingSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recording is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            422: components["responses"]["CompatUnprocessable"];
            429: components["responses"]["CompatTooManyRequests"];
        };
    };
    headRecording: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Strong ETags; 412 if none of them is current, so that parts of two versions are never joined
                 *     (RFC 9110, section 13.1.1). Our addition.
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description 412 if the media is newer than this date; ignored beside `If-Match` (RFC 9110, section 13.1.4). Our
                 *     addition.
                 */
                "If-Unmodified-Since"?: components["parameters"]["IfUnmodifiedSince"];
                /** @description ETags at hand; 304 if one of them is current (RFC 9110, section 13.1.2). Our addition. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description 304 if the media is no newer than this date; ignored beside `If-None-Match` (RFC 9110,
                 *     section 13.1.3). Our addition.
                 */
                "If-Modified-Since"?: components["parameters"]["IfModifiedSince"];
            };
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a recording. */
                Sid: components["parameters"]["RecordingSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["MediaHead"];
            302: components["responses"]["StorageRedirect"];
            304: components["responses"]["NotModified"];
            401: components["responses"]["HeadUnauthorized"];
            403: components["responses"]["HeadForbidden"];
            404: components["responses"]["HeadNotFound"];
            412: components["responses"]["PreconditionFailed"];
        };
    };
    getRecording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a recording. */
                Sid: components["parameters"]["RecordingSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recording. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recording"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
        };
    };
    deleteRecordingJson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a recording. */
                Sid: components["parameters"]["RecordingSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recording is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            422: components["responses"]["CompatUnprocessable"];
            429: components["responses"]["CompatTooManyRequests"];
        };
    };
    downloadRecordingWav: {
        parameters: {
            query?: never;
            header?: {
                /** @description The bytes wanted, as one range or several (RFC 9110, section 14.2). Our addition. */
                Range?: components["parameters"]["Range"];
                /**
                 * @description A strong ETag or a date: `Range` counts only while the media is still that version, otherwise the
                 *     whole of it is sent (RFC 9110, section 13.1.5). Our addition.
                 */
                "If-Range"?: components["parameters"]["IfRange"];
                /**
                 * @description Strong ETags; 412 if none of them is current, so that parts of two versions are never joined
                 *     (RFC 9110, section 13.1.1). Our addition.
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description 412 if the media is newer than this date; ignored beside `If-Match` (RFC 9110, section 13.1.4). Our
                 *     addition.
                 */
                "If-Unmodified-Since"?: components["parameters"]["IfUnmodifiedSince"];
                /** @description ETags at hand; 304 if one of them is current (RFC 9110, section 13.1.2). Our addition. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description 304 if the media is no newer than this date; ignored beside `If-None-Match` (RFC 9110,
                 *     section 13.1.3). Our addition.
                 */
                "If-Modified-Since"?: components["parameters"]["IfModifiedSince"];
            };
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a recording. */
                Sid: components["parameters"]["RecordingSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole recording. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["LastModified"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": components["schemas"]["MediaBytes"];
                };
            };
            /** @description The part of the recording that `Range` asked for, or several as `multipart/byteranges`. Our addition. */
            206: {
                headers: {
                    "Content-Range": components["headers"]["ContentRange"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["LastModified"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": components["schemas"]["MediaBytes"];
                    "multipart/byteranges": components["schemas"]["MediaBytes"];
                };
            };
            302: components["responses"]["StorageRedirect"];
            304: components["responses"]["NotModified"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            412: components["responses"]["PreconditionFailed"];
            416: components["responses"]["RangeNotSatisfiable"];
        };
    };
    headRecordingWav: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Strong ETags; 412 if none of them is current, so that parts of two versions are never joined
                 *     (RFC 9110, section 13.1.1). Our addition.
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description 412 if the media is newer than this date; ignored beside `If-Match` (RFC 9110, section 13.1.4). Our
                 *     addition.
                 */
                "If-Unmodified-Since"?: components["parameters"]["IfUnmodifiedSince"];
                /** @description ETags at hand; 304 if one of them is current (RFC 9110, section 13.1.2). Our addition. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description 304 if the media is no newer than this date; ignored beside `If-None-Match` (RFC 9110,
                 *     section 13.1.3). Our addition.
                 */
                "If-Modified-Since"?: components["parameters"]["IfModifiedSince"];
            };
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a recording. */
                Sid: components["parameters"]["RecordingSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["MediaHead"];
            302: components["responses"]["StorageRedirect"];
            304: components["responses"]["NotModified"];
            401: components["responses"]["HeadUnauthorized"];
            403: components["responses"]["HeadForbidden"];
            404: components["responses"]["HeadNotFound"];
            412: components["responses"]["PreconditionFailed"];
        };
    };
    downloadRecordingMp3: {
        parameters: {
            query?: never;
            header?: {
                /** @description The bytes wanted, as one range or several (RFC 9110, section 14.2). Our addition. */
                Range?: components["parameters"]["Range"];
                /**
                 * @description A strong ETag or a date: `Range` counts only while the media is still that version, otherwise the
                 *     whole of it is sent (RFC 9110, section 13.1.5). Our addition.
                 */
                "If-Range"?: components["parameters"]["IfRange"];
                /**
                 * @description Strong ETags; 412 if none of them is current, so that parts of two versions are never joined
                 *     (RFC 9110, section 13.1.1). Our addition.
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description 412 if the media is newer than this date; ignored beside `If-Match` (RFC 9110, section 13.1.4). Our
                 *     addition.
                 */
                "If-Unmodified-Since"?: components["parameters"]["IfUnmodifiedSince"];
                /** @description ETags at hand; 304 if one of them is current (RFC 9110, section 13.1.2). Our addition. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description 304 if the media is no newer than this date; ignored beside `If-None-Match` (RFC 9110,
                 *     section 13.1.3). Our addition.
                 */
                "If-Modified-Since"?: components["parameters"]["IfModifiedSince"];
            };
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a recording. */
                Sid: components["parameters"]["RecordingSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole recording. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["LastModified"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "audio/mpeg": components["schemas"]["MediaBytes"];
                };
            };
            /** @description The part of the recording that `Range` asked for, or several as `multipart/byteranges`. Our addition. */
            206: {
                headers: {
                    "Content-Range": components["headers"]["ContentRange"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["LastModified"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "audio/mpeg": components["schemas"]["MediaBytes"];
                    "multipart/byteranges": components["schemas"]["MediaBytes"];
                };
            };
            302: components["responses"]["StorageRedirect"];
            304: components["responses"]["NotModified"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            412: components["responses"]["PreconditionFailed"];
            416: components["responses"]["RangeNotSatisfiable"];
        };
    };
    headRecordingMp3: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Strong ETags; 412 if none of them is current, so that parts of two versions are never joined
                 *     (RFC 9110, section 13.1.1). Our addition.
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description 412 if the media is newer than this date; ignored beside `If-Match` (RFC 9110, section 13.1.4). Our
                 *     addition.
                 */
                "If-Unmodified-Since"?: components["parameters"]["IfUnmodifiedSince"];
                /** @description ETags at hand; 304 if one of them is current (RFC 9110, section 13.1.2). Our addition. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description 304 if the media is no newer than this date; ignored beside `If-None-Match` (RFC 9110,
                 *     section 13.1.3). Our addition.
                 */
                "If-Modified-Since"?: components["parameters"]["IfModifiedSince"];
            };
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a recording. */
                Sid: components["parameters"]["RecordingSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["MediaHead"];
            302: components["responses"]["StorageRedirect"];
            304: components["responses"]["NotModified"];
            401: components["responses"]["HeadUnauthorized"];
            403: components["responses"]["HeadForbidden"];
            404: components["responses"]["HeadNotFound"];
            412: components["responses"]["PreconditionFailed"];
        };
    };
    listConferenceRecordings: {
        parameters: {
            query?: {
                /** @description Only items created on this date. */
                DateCreated?: components["parameters"]["DateCreated"];
                /** @description Only items created before this date. The `<` is part of the parameter's name. */
                "DateCreated<"?: components["parameters"]["DateCreatedBefore"];
                /** @description Only items created after this date. The `>` is part of the parameter's name. */
                "DateCreated>"?: components["parameters"]["DateCreatedAfter"];
                /** @description The page, counted from zero. Beyond the first page it goes together with `PageToken`. */
                Page?: components["parameters"]["Page"];
                /** @description Items to a page. */
                PageSize?: components["parameters"]["PageSize"];
                /** @description The token of a page, as it stands in `next_page_uri`. */
                PageToken?: components["parameters"]["PageToken"];
            };
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the conference that was recorded. */
                ConferenceSid: components["parameters"]["ParentConferenceSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingList"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            422: components["responses"]["CompatUnprocessable"];
        };
    };
    listConferenceRecordingsJson: {
        parameters: {
            query?: {
                /** @description Only items created on this date. */
                DateCreated?: components["parameters"]["DateCreated"];
                /** @description Only items created before this date. The `<` is part of the parameter's name. */
                "DateCreated<"?: components["parameters"]["DateCreatedBefore"];
                /** @description Only items created after this date. The `>` is part of the parameter's name. */
                "DateCreated>"?: components["parameters"]["DateCreatedAfter"];
                /** @description The page, counted from zero. Beyond the first page it goes together with `PageToken`. */
                Page?: components["parameters"]["Page"];
                /** @description Items to a page. */
                PageSize?: components["parameters"]["PageSize"];
                /** @description The token of a page, as it stands in `next_page_uri`. */
                PageToken?: components["parameters"]["PageToken"];
            };
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the conference that was recorded. */
                ConferenceSid: components["parameters"]["ParentConferenceSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingList"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            422: components["responses"]["CompatUnprocessable"];
        };
    };
    getConferenceRecording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the conference that was recorded. */
                ConferenceSid: components["parameters"]["ParentConferenceSid"];
                /** @description The ID of a recording. */
                Sid: components["parameters"]["RecordingSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recording. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recording"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
        };
    };
    deleteConferenceRecording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the conference that was recorded. */
                ConferenceSid: components["parameters"]["ParentConferenceSid"];
                /** @description The ID of a recording. */
                Sid: components["parameters"]["RecordingSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recording is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            429: components["responses"]["CompatTooManyRequests"];
        };
    };
    getConferenceRecordingJson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the conference that was recorded. */
                ConferenceSid: components["parameters"]["ParentConferenceSid"];
                /** @description The ID of a recording. */
                Sid: components["parameters"]["RecordingSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recording. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recording"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
        };
    };
    deleteConferenceRecordingJson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the conference that was recorded. */
                ConferenceSid: components["parameters"]["ParentConferenceSid"];
                /** @description The ID of a recording. */
                Sid: components["parameters"]["RecordingSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recording is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            429: components["responses"]["CompatTooManyRequests"];
        };
    };
    listCallRecordings: {
        parameters: {
            query?: {
                /** @description Only items created on this date. */
                DateCreated?: components["parameters"]["DateCreated"];
                /** @description Only items created before this date. The `<` is part of the parameter's name. */
                "DateCreated<"?: components["parameters"]["DateCreatedBefore"];
                /** @description Only items created after this date. The `>` is part of the parameter's name. */
                "DateCreated>"?: components["parameters"]["DateCreatedAfter"];
                /** @description The page, counted from zero. Beyond the first page it goes together with `PageToken`. */
                Page?: components["parameters"]["Page"];
                /** @description Items to a page. */
                PageSize?: components["parameters"]["PageSize"];
                /** @description The token of a page, as it stands in `next_page_uri`. */
                PageToken?: components["parameters"]["PageToken"];
            };
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the call that was recorded. */
                CallSid: components["parameters"]["ParentCallSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingList"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            422: components["responses"]["CompatUnprocessable"];
        };
    };
    listCallRecordingsJson: {
        parameters: {
            query?: {
                /** @description Only items created on this date. */
                DateCreated?: components["parameters"]["DateCreated"];
                /** @description Only items created before this date. The `<` is part of the parameter's name. */
                "DateCreated<"?: components["parameters"]["DateCreatedBefore"];
                /** @description Only items created after this date. The `>` is part of the parameter's name. */
                "DateCreated>"?: components["parameters"]["DateCreatedAfter"];
                /** @description The page, counted from zero. Beyond the first page it goes together with `PageToken`. */
                Page?: components["parameters"]["Page"];
                /** @description Items to a page. */
                PageSize?: components["parameters"]["PageSize"];
                /** @description The token of a page, as it stands in `next_page_uri`. */
                PageToken?: components["parameters"]["PageToken"];
            };
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the call that was recorded. */
                CallSid: components["parameters"]["ParentCallSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingList"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            422: components["responses"]["CompatUnprocessable"];
        };
    };
    getCallRecording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the call that was recorded. */
                CallSid: components["parameters"]["ParentCallSid"];
                /** @description The ID of a recording. */
                Sid: components["parameters"]["RecordingSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recording. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recording"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
        };
    };
    getCallRecordingJson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the call that was recorded. */
                CallSid: components["parameters"]["ParentCallSid"];
                /** @description The ID of a recording. */
                Sid: components["parameters"]["RecordingSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recording. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recording"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /** @description Only messages sent on this date. */
                DateSent?: components["parameters"]["DateSent"];
                /** @description Only messages sent before this date. The `<` is part of the parameter's name. */
                "DateSent<"?: components["parameters"]["DateSentBefore"];
                /** @description Only messages sent after this date. The `>` is part of the parameter's name. */
                "DateSent>"?: components["parameters"]["DateSentAfter"];
                /** @description Only messages sent from this number. */
                From?: components["parameters"]["MessageFrom"];
                /** @description Only messages sent to this number. */
                To?: components["parameters"]["MessageTo"];
                /** @description Only messages in this state. */
                Status?: components["parameters"]["MessageStatusFilter"];
                /** @description The page, counted from zero. Beyond the first page it goes together with `PageToken`. */
                Page?: components["parameters"]["Page"];
                /** @description Items to a page. */
                PageSize?: components["parameters"]["PageSize"];
                /** @description The token of a page, as it stands in `next_page_uri`. */
                PageToken?: components["parameters"]["PageToken"];
            };
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageList"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            422: components["responses"]["CompatUnprocessable"];
        };
    };
    listMessagesJson: {
        parameters: {
            query?: {
                /** @description Only messages sent on this date. */
                DateSent?: components["parameters"]["DateSent"];
                /** @description Only messages sent before this date. The `<` is part of the parameter's name. */
                "DateSent<"?: components["parameters"]["DateSentBefore"];
                /** @description Only messages sent after this date. The `>` is part of the parameter's name. */
                "DateSent>"?: components["parameters"]["DateSentAfter"];
                /** @description Only messages sent from this number. */
                From?: components["parameters"]["MessageFrom"];
                /** @description Only messages sent to this number. */
                To?: components["parameters"]["MessageTo"];
                /** @description Only messages in this state. */
                Status?: components["parameters"]["MessageStatusFilter"];
                /** @description The page, counted from zero. Beyond the first page it goes together with `PageToken`. */
                Page?: components["parameters"]["Page"];
                /** @description Items to a page. */
                PageSize?: components["parameters"]["PageSize"];
                /** @description The token of a page, as it stands in `next_page_uri`. */
                PageToken?: components["parameters"]["PageToken"];
            };
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageList"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            422: components["responses"]["CompatUnprocessable"];
        };
    };
    getMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a message. */
                Sid: components["parameters"]["MessageSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
        };
    };
    deleteMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a message. */
                Sid: components["parameters"]["MessageSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            422: components["responses"]["CompatUnprocessable"];
            429: components["responses"]["CompatTooManyRequests"];
        };
    };
    getMessageJson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a message. */
                Sid: components["parameters"]["MessageSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
        };
    };
    deleteMessageJson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a message. */
                Sid: components["parameters"]["MessageSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            422: components["responses"]["CompatUnprocessable"];
            429: components["responses"]["CompatTooManyRequests"];
        };
    };
    listMessageMedia: {
        parameters: {
            query?: {
                /** @description Only items created on this date. */
                DateCreated?: components["parameters"]["DateCreated"];
                /** @description Only items created before this date. The `<` is part of the parameter's name. */
                "DateCreated<"?: components["parameters"]["DateCreatedBefore"];
                /** @description Only items created after this date. The `>` is part of the parameter's name. */
                "DateCreated>"?: components["parameters"]["DateCreatedAfter"];
                /** @description The page, counted from zero. Beyond the first page it goes together with `PageToken`. */
                Page?: components["parameters"]["Page"];
                /** @description Items to a page. */
                PageSize?: components["parameters"]["PageSize"];
                /** @description The token of a page, as it stands in `next_page_uri`. */
                PageToken?: components["parameters"]["PageToken"];
            };
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the message that carries the attachment. */
                MessageSid: components["parameters"]["ParentMessageSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageMediaList"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            422: components["responses"]["CompatUnprocessable"];
        };
    };
    listMessageMediaJson: {
        parameters: {
            query?: {
                /** @description Only items created on this date. */
                DateCreated?: components["parameters"]["DateCreated"];
                /** @description Only items created before this date. The `<` is part of the parameter's name. */
                "DateCreated<"?: components["parameters"]["DateCreatedBefore"];
                /** @description Only items created after this date. The `>` is part of the parameter's name. */
                "DateCreated>"?: components["parameters"]["DateCreatedAfter"];
                /** @description The page, counted from zero. Beyond the first page it goes together with `PageToken`. */
                Page?: components["parameters"]["Page"];
                /** @description Items to a page. */
                PageSize?: components["parameters"]["PageSize"];
                /** @description The token of a page, as it stands in `next_page_uri`. */
                PageToken?: components["parameters"]["PageToken"];
            };
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the message that carries the attachment. */
                MessageSid: components["parameters"]["ParentMessageSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageMediaList"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            422: components["responses"]["CompatUnprocessable"];
        };
    };
    downloadMessageMedia: {
        parameters: {
            query?: never;
            header?: {
                /** @description The bytes wanted, as one range or several (RFC 9110, section 14.2). Our addition. */
                Range?: components["parameters"]["Range"];
                /**
                 * @description A strong ETag or a date: `Range` counts only while the media is still that version, otherwise the
                 *     whole of it is sent (RFC 9110, section 13.1.5). Our addition.
                 */
                "If-Range"?: components["parameters"]["IfRange"];
                /**
                 * @description Strong ETags; 412 if none of them is current, so that parts of two versions are never joined
                 *     (RFC 9110, section 13.1.1). Our addition.
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description 412 if the media is newer than this date; ignored beside `If-Match` (RFC 9110, section 13.1.4). Our
                 *     addition.
                 */
                "If-Unmodified-Since"?: components["parameters"]["IfUnmodifiedSince"];
                /** @description ETags at hand; 304 if one of them is current (RFC 9110, section 13.1.2). Our addition. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description 304 if the media is no newer than this date; ignored beside `If-None-Match` (RFC 9110,
                 *     section 13.1.3). Our addition.
                 */
                "If-Modified-Since"?: components["parameters"]["IfModifiedSince"];
            };
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the message that carries the attachment. */
                MessageSid: components["parameters"]["ParentMessageSid"];
                /** @description The ID of an attachment or of a fax document. */
                Sid: components["parameters"]["MediaSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole attachment. JSON, if it is ever sent, is the metadata. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["LastModified"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": components["schemas"]["MediaBytes"];
                    "image/png": components["schemas"]["MediaBytes"];
                    "image/gif": components["schemas"]["MediaBytes"];
                    "video/mp4": components["schemas"]["MediaBytes"];
                    "audio/mpeg": components["schemas"]["MediaBytes"];
                    "text/vcard": components["schemas"]["MediaBytes"];
                    "application/pdf": components["schemas"]["MediaBytes"];
                    "application/octet-stream": components["schemas"]["MediaBytes"];
                    "application/json": components["schemas"]["MediaBytes"] | components["schemas"]["MessageMedia"];
                };
            };
            /** @description The part of the attachment that `Range` asked for, or several as `multipart/byteranges`. Our addition. */
            206: {
                headers: {
                    "Content-Range": components["headers"]["ContentRange"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["LastModified"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": components["schemas"]["MediaBytes"];
                    "image/png": components["schemas"]["MediaBytes"];
                    "image/gif": components["schemas"]["MediaBytes"];
                    "video/mp4": components["schemas"]["MediaBytes"];
                    "audio/mpeg": components["schemas"]["MediaBytes"];
                    "text/vcard": components["schemas"]["MediaBytes"];
                    "application/pdf": components["schemas"]["MediaBytes"];
                    "application/octet-stream": components["schemas"]["MediaBytes"];
                    "multipart/byteranges": components["schemas"]["MediaBytes"];
                };
            };
            302: components["responses"]["StorageRedirect"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            412: components["responses"]["PreconditionFailed"];
            416: components["responses"]["RangeNotSatisfiable"];
        };
    };
    deleteMessageMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the message that carries the attachment. */
                MessageSid: components["parameters"]["ParentMessageSid"];
                /** @description The ID of an attachment or of a fax document. */
                Sid: components["parameters"]["MediaSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The attachment is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            422: components["responses"]["CompatUnprocessable"];
            429: components["responses"]["CompatTooManyRequests"];
        };
    };
    headMessageMedia: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Strong ETags; 412 if none of them is current, so that parts of two versions are never joined
                 *     (RFC 9110, section 13.1.1). Our addition.
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description 412 if the media is newer than this date; ignored beside `If-Match` (RFC 9110, section 13.1.4). Our
                 *     addition.
                 */
                "If-Unmodified-Since"?: components["parameters"]["IfUnmodifiedSince"];
                /** @description ETags at hand; 304 if one of them is current (RFC 9110, section 13.1.2). Our addition. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description 304 if the media is no newer than this date; ignored beside `If-None-Match` (RFC 9110,
                 *     section 13.1.3). Our addition.
                 */
                "If-Modified-Since"?: components["parameters"]["IfModifiedSince"];
            };
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the message that carries the attachment. */
                MessageSid: components["parameters"]["ParentMessageSid"];
                /** @description The ID of an attachment or of a fax document. */
                Sid: components["parameters"]["MediaSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["MediaHead"];
            302: components["responses"]["StorageRedirect"];
            304: components["responses"]["NotModified"];
            401: components["responses"]["HeadUnauthorized"];
            403: components["responses"]["HeadForbidden"];
            404: components["responses"]["HeadNotFound"];
            412: components["responses"]["PreconditionFailed"];
        };
    };
    getMessageMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the message that carries the attachment. */
                MessageSid: components["parameters"]["ParentMessageSid"];
                /** @description The ID of an attachment or of a fax document. */
                Sid: components["parameters"]["MediaSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The attachment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageMedia"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
        };
    };
    deleteMessageMediaJson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the message that carries the attachment. */
                MessageSid: components["parameters"]["ParentMessageSid"];
                /** @description The ID of an attachment or of a fax document. */
                Sid: components["parameters"]["MediaSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The attachment is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            422: components["responses"]["CompatUnprocessable"];
            429: components["responses"]["CompatTooManyRequests"];
        };
    };
    listFaxes: {
        parameters: {
            query?: {
                /** @description The page, counted from zero. Beyond the first page it goes together with `PageToken`. */
                Page?: components["parameters"]["Page"];
                /** @description Items to a page. */
                PageSize?: components["parameters"]["PageSize"];
                /** @description The token of a page, as it stands in `next_page_uri`. */
                PageToken?: components["parameters"]["PageToken"];
                /** @description Only faxes created after this date. */
                DateCreatedAfter?: components["parameters"]["FaxCreatedAfter"];
                /** @description Only faxes created on or before this date. */
                DateCreatedOnOrBefore?: components["parameters"]["FaxCreatedOnOrBefore"];
                /** @description Only faxes sent from this number. */
                From?: components["parameters"]["FaxFrom"];
                /** @description Only faxes sent to this number. */
                To?: components["parameters"]["FaxTo"];
            };
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaxList"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            422: components["responses"]["CompatUnprocessable"];
        };
    };
    listFaxesJson: {
        parameters: {
            query?: {
                /** @description The page, counted from zero. Beyond the first page it goes together with `PageToken`. */
                Page?: components["parameters"]["Page"];
                /** @description Items to a page. */
                PageSize?: components["parameters"]["PageSize"];
                /** @description The token of a page, as it stands in `next_page_uri`. */
                PageToken?: components["parameters"]["PageToken"];
                /** @description Only faxes created after this date. */
                DateCreatedAfter?: components["parameters"]["FaxCreatedAfter"];
                /** @description Only faxes created on or before this date. */
                DateCreatedOnOrBefore?: components["parameters"]["FaxCreatedOnOrBefore"];
                /** @description Only faxes sent from this number. */
                From?: components["parameters"]["FaxFrom"];
                /** @description Only faxes sent to this number. */
                To?: components["parameters"]["FaxTo"];
            };
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaxList"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            422: components["responses"]["CompatUnprocessable"];
        };
    };
    getFax: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a fax. */
                Sid: components["parameters"]["FaxSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The fax. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Fax"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
        };
    };
    deleteFax: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a fax. */
                Sid: components["parameters"]["FaxSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The fax is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            409: components["responses"]["CompatConflict"];
            429: components["responses"]["CompatTooManyRequests"];
        };
    };
    getFaxJson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a fax. */
                Sid: components["parameters"]["FaxSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The fax. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Fax"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
        };
    };
    deleteFaxJson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of a fax. */
                Sid: components["parameters"]["FaxSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The fax is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            409: components["responses"]["CompatConflict"];
            429: components["responses"]["CompatTooManyRequests"];
        };
    };
    listFaxMedia: {
        parameters: {
            query?: {
                /** @description The page, counted from zero. Beyond the first page it goes together with `PageToken`. */
                Page?: components["parameters"]["Page"];
                /** @description Items to a page. */
                PageSize?: components["parameters"]["PageSize"];
                /** @description The token of a page, as it stands in `next_page_uri`. */
                PageToken?: components["parameters"]["PageToken"];
            };
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the fax that the document belongs to. */
                FaxSid: components["parameters"]["ParentFaxSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaxMediaList"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            422: components["responses"]["CompatUnprocessable"];
        };
    };
    listFaxMediaJson: {
        parameters: {
            query?: {
                /** @description The page, counted from zero. Beyond the first page it goes together with `PageToken`. */
                Page?: components["parameters"]["Page"];
                /** @description Items to a page. */
                PageSize?: components["parameters"]["PageSize"];
                /** @description The token of a page, as it stands in `next_page_uri`. */
                PageToken?: components["parameters"]["PageToken"];
            };
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the fax that the document belongs to. */
                FaxSid: components["parameters"]["ParentFaxSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the list. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaxMediaList"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            422: components["responses"]["CompatUnprocessable"];
        };
    };
    downloadFaxMedia: {
        parameters: {
            query?: never;
            header?: {
                /** @description The bytes wanted, as one range or several (RFC 9110, section 14.2). Our addition. */
                Range?: components["parameters"]["Range"];
                /**
                 * @description A strong ETag or a date: `Range` counts only while the media is still that version, otherwise the
                 *     whole of it is sent (RFC 9110, section 13.1.5). Our addition.
                 */
                "If-Range"?: components["parameters"]["IfRange"];
                /**
                 * @description Strong ETags; 412 if none of them is current, so that parts of two versions are never joined
                 *     (RFC 9110, section 13.1.1). Our addition.
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description 412 if the media is newer than this date; ignored beside `If-Match` (RFC 9110, section 13.1.4). Our
                 *     addition.
                 */
                "If-Unmodified-Since"?: components["parameters"]["IfUnmodifiedSince"];
                /** @description ETags at hand; 304 if one of them is current (RFC 9110, section 13.1.2). Our addition. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description 304 if the media is no newer than this date; ignored beside `If-None-Match` (RFC 9110,
                 *     section 13.1.3). Our addition.
                 */
                "If-Modified-Since"?: components["parameters"]["IfModifiedSince"];
            };
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the fax that the document belongs to. */
                FaxSid: components["parameters"]["ParentFaxSid"];
                /** @description The ID of an attachment or of a fax document. */
                Sid: components["parameters"]["MediaSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole document. JSON, if it is ever sent, is the metadata. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["LastModified"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": components["schemas"]["MediaBytes"];
                    "image/tiff": components["schemas"]["MediaBytes"];
                    "application/json": components["schemas"]["MediaBytes"] | components["schemas"]["FaxMedia"];
                };
            };
            /** @description The part of the document that `Range` asked for, or several as `multipart/byteranges`. Our addition. */
            206: {
                headers: {
                    "Content-Range": components["headers"]["ContentRange"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["LastModified"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": components["schemas"]["MediaBytes"];
                    "image/tiff": components["schemas"]["MediaBytes"];
                    "multipart/byteranges": components["schemas"]["MediaBytes"];
                };
            };
            302: components["responses"]["StorageRedirect"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            412: components["responses"]["PreconditionFailed"];
            416: components["responses"]["RangeNotSatisfiable"];
        };
    };
    deleteFaxMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the fax that the document belongs to. */
                FaxSid: components["parameters"]["ParentFaxSid"];
                /** @description The ID of an attachment or of a fax document. */
                Sid: components["parameters"]["MediaSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            409: components["responses"]["CompatConflict"];
            429: components["responses"]["CompatTooManyRequests"];
        };
    };
    headFaxMedia: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Strong ETags; 412 if none of them is current, so that parts of two versions are never joined
                 *     (RFC 9110, section 13.1.1). Our addition.
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description 412 if the media is newer than this date; ignored beside `If-Match` (RFC 9110, section 13.1.4). Our
                 *     addition.
                 */
                "If-Unmodified-Since"?: components["parameters"]["IfUnmodifiedSince"];
                /** @description ETags at hand; 304 if one of them is current (RFC 9110, section 13.1.2). Our addition. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description 304 if the media is no newer than this date; ignored beside `If-None-Match` (RFC 9110,
                 *     section 13.1.3). Our addition.
                 */
                "If-Modified-Since"?: components["parameters"]["IfModifiedSince"];
            };
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the fax that the document belongs to. */
                FaxSid: components["parameters"]["ParentFaxSid"];
                /** @description The ID of an attachment or of a fax document. */
                Sid: components["parameters"]["MediaSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["MediaHead"];
            302: components["responses"]["StorageRedirect"];
            304: components["responses"]["NotModified"];
            401: components["responses"]["HeadUnauthorized"];
            403: components["responses"]["HeadForbidden"];
            404: components["responses"]["HeadNotFound"];
            412: components["responses"]["PreconditionFailed"];
        };
    };
    getFaxMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the fax that the document belongs to. */
                FaxSid: components["parameters"]["ParentFaxSid"];
                /** @description The ID of an attachment or of a fax document. */
                Sid: components["parameters"]["MediaSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaxMedia"];
                };
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
        };
    };
    deleteFaxMediaJson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project ID; the compatibility API calls it the account. */
                AccountSid: components["parameters"]["AccountSid"];
                /** @description The ID of the fax that the document belongs to. */
                FaxSid: components["parameters"]["ParentFaxSid"];
                /** @description The ID of an attachment or of a fax document. */
                Sid: components["parameters"]["MediaSid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["CompatBadRequest"];
            401: components["responses"]["CompatUnauthorized"];
            403: components["responses"]["CompatForbidden"];
            404: components["responses"]["CompatNotFound"];
            409: components["responses"]["CompatConflict"];
            429: components["responses"]["CompatTooManyRequests"];
        };
    };
    listFaxLogs: {
        parameters: {
            query?: {
                /** @description Whether logs of deleted faxes are listed too. */
                include_deleted?: components["parameters"]["IncludeDeleted"];
                /** @description Only faxes created before this date. */
                created_before?: components["parameters"]["CreatedBefore"];
                /** @description Only faxes created on this date. */
                created_on?: components["parameters"]["CreatedOn"];
                /** @description Only faxes created after this date. */
                created_after?: components["parameters"]["CreatedAfter"];
                /** @description Items to a page. */
                page_size?: components["parameters"]["RestPageSize"];
                /** @description The page, counted from zero. Beyond the first page it goes together with `page_token`. */
                page_number?: components["parameters"]["RestPageNumber"];
                /** @description The token of a page, as it stands in the links of the page before. */
                page_token?: components["parameters"]["RestPageToken"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of fax logs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaxLogList"];
                };
            };
            400: components["responses"]["RestBadRequest"];
            401: components["responses"]["RestUnauthorized"];
            403: components["responses"]["RestForbidden"];
            422: components["responses"]["RestUnprocessable"];
            500: components["responses"]["RestInternalError"];
        };
    };
    getFaxLog: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of a fax log. */
                id: components["parameters"]["FaxLogId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The fax log. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaxLog"];
                };
            };
            400: components["responses"]["RestBadRequest"];
            401: components["responses"]["RestUnauthorized"];
            403: components["responses"]["RestForbidden"];
            404: components["responses"]["RestNotFound"];
            422: components["responses"]["RestUnprocessable"];
            500: components["responses"]["RestInternalError"];
        };
    };
    listConferenceLogs: {
        parameters: {
            query?: {
                /** @description Items to a page. */
                page_size?: components["parameters"]["RestPageSize"];
                /** @description The page, counted from zero. Beyond the first page it goes together with `page_token`. */
                page_number?: components["parameters"]["RestPageNumber"];
                /** @description The token of a page, as it stands in the links of the page before. */
                page_token?: components["parameters"]["RestPageToken"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of conference logs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConferenceLogList"];
                };
            };
            400: components["responses"]["RestMalformed"];
            401: components["responses"]["RestUnauthorized"];
            403: components["responses"]["RestForbidden"];
            422: components["responses"]["RestUnprocessable"];
            500: components["responses"]["RestInternalError"];
        };
    };
    listVoiceLogEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of a voice log, which is that of the call. */
                id: components["parameters"]["VoiceLogId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VoiceLogEventList"];
                };
            };
            400: components["responses"]["RestBadRequest"];
            401: components["responses"]["RestUnauthorized"];
            403: components["responses"]["RestForbidden"];
            404: components["responses"]["RestNotFound"];
            422: components["responses"]["RestUnprocessable"];
            500: components["responses"]["RestInternalError"];
        };
    };
    updateMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of a message. */
                message_id: components["parameters"]["RestMessageId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateMessageRequest"];
            };
        };
        responses: {
            /** @description The message as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestMessage"];
                };
            };
            400: components["responses"]["RestBadRequest"];
            401: components["responses"]["RestUnauthorized"];
            403: components["responses"]["RestForbidden"];
            404: components["responses"]["RestNotFound"];
            422: components["responses"]["RestUnprocessable"];
            429: components["responses"]["RestTooManyRequests"];
            500: components["responses"]["RestInternalError"];
        };
    };
    downloadRecordingFile: {
        parameters: {
            query?: never;
            header?: {
                /** @description The bytes wanted, as one range or several (RFC 9110, section 14.2). Our addition. */
                Range?: components["parameters"]["Range"];
                /**
                 * @description A strong ETag or a date: `Range` counts only while the media is still that version, otherwise the
                 *     whole of it is sent (RFC 9110, section 13.1.5). Our addition.
                 */
                "If-Range"?: components["parameters"]["IfRange"];
                /**
                 * @description Strong ETags; 412 if none of them is current, so that parts of two versions are never joined
                 *     (RFC 9110, section 13.1.1). Our addition.
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description 412 if the media is newer than this date; ignored beside `If-Match` (RFC 9110, section 13.1.4). Our
                 *     addition.
                 */
                "If-Unmodified-Since"?: components["parameters"]["IfUnmodifiedSince"];
                /** @description ETags at hand; 304 if one of them is current (RFC 9110, section 13.1.2). Our addition. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description 304 if the media is no newer than this date; ignored beside `If-None-Match` (RFC 9110,
                 *     section 13.1.3). Our addition.
                 */
                "If-Modified-Since"?: components["parameters"]["IfModifiedSince"];
            };
            path: {
                /** @description The ID of the space. */
                space_id: components["parameters"]["SpaceId"];
                /** @description The ID of the project the media belongs to. */
                project_id: components["parameters"]["FilesProjectId"];
                /** @description The recording ID and the extension of a format, `.wav`, `.mp3` or `.mp4`. */
                file: components["parameters"]["RecordingFile"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole recording. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["LastModified"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": components["schemas"]["MediaBytes"];
                    "audio/mpeg": components["schemas"]["MediaBytes"];
                    "video/mp4": components["schemas"]["MediaBytes"];
                };
            };
            /** @description The part of the recording that `Range` asked for, or several as `multipart/byteranges`. Our addition. */
            206: {
                headers: {
                    "Content-Range": components["headers"]["ContentRange"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["LastModified"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": components["schemas"]["MediaBytes"];
                    "audio/mpeg": components["schemas"]["MediaBytes"];
                    "video/mp4": components["schemas"]["MediaBytes"];
                    "multipart/byteranges": components["schemas"]["MediaBytes"];
                };
            };
            302: components["responses"]["StorageRedirect"];
            304: components["responses"]["NotModified"];
            401: components["responses"]["FilesUnauthorized"];
            403: components["responses"]["RestForbidden"];
            404: components["responses"]["RestNotFound"];
            412: components["responses"]["PreconditionFailed"];
            416: components["responses"]["RangeNotSatisfiable"];
        };
    };
    headRecordingFile: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Strong ETags; 412 if none of them is current, so that parts of two versions are never joined
                 *     (RFC 9110, section 13.1.1). Our addition.
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description 412 if the media is newer than this date; ignored beside `If-Match` (RFC 9110, section 13.1.4). Our
                 *     addition.
                 */
                "If-Unmodified-Since"?: components["parameters"]["IfUnmodifiedSince"];
                /** @description ETags at hand; 304 if one of them is current (RFC 9110, section 13.1.2). Our addition. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description 304 if the media is no newer than this date; ignored beside `If-None-Match` (RFC 9110,
                 *     section 13.1.3). Our addition.
                 */
                "If-Modified-Since"?: components["parameters"]["IfModifiedSince"];
            };
            path: {
                /** @description The ID of the space. */
                space_id: components["parameters"]["SpaceId"];
                /** @description The ID of the project the media belongs to. */
                project_id: components["parameters"]["FilesProjectId"];
                /** @description The recording ID and the extension of a format, `.wav`, `.mp3` or `.mp4`. */
                file: components["parameters"]["RecordingFile"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["MediaHead"];
            302: components["responses"]["StorageRedirect"];
            304: components["responses"]["NotModified"];
            401: components["responses"]["HeadUnauthorized"];
            403: components["responses"]["HeadForbidden"];
            404: components["responses"]["HeadNotFound"];
            412: components["responses"]["PreconditionFailed"];
        };
    };
    downloadMessageMediaFile: {
        parameters: {
            query?: never;
            header?: {
                /** @description The bytes wanted, as one range or several (RFC 9110, section 14.2). Our addition. */
                Range?: components["parameters"]["Range"];
                /**
                 * @description A strong ETag or a date: `Range` counts only while the media is still that version, otherwise the
                 *     whole of it is sent (RFC 9110, section 13.1.5). Our addition.
                 */
                "If-Range"?: components["parameters"]["IfRange"];
                /**
                 * @description Strong ETags; 412 if none of them is current, so that parts of two versions are never joined
                 *     (RFC 9110, section 13.1.1). Our addition.
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description 412 if the media is newer than this date; ignored beside `If-Match` (RFC 9110, section 13.1.4). Our
                 *     addition.
                 */
                "If-Unmodified-Since"?: components["parameters"]["IfUnmodifiedSince"];
                /** @description ETags at hand; 304 if one of them is current (RFC 9110, section 13.1.2). Our addition. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description 304 if the media is no newer than this date; ignored beside `If-None-Match` (RFC 9110,
                 *     section 13.1.3). Our addition.
                 */
                "If-Modified-Since"?: components["parameters"]["IfModifiedSince"];
            };
            path: {
                /** @description The ID of the space. */
                space_id: components["parameters"]["SpaceId"];
                /** @description The ID of the project the media belongs to. */
                project_id: components["parameters"]["FilesProjectId"];
                /** @description The name that the attachment was sent with. Its extension may be in upper case. */
                file: components["parameters"]["MessageMediaFile"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole attachment. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["LastModified"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": components["schemas"]["MediaBytes"];
                    "image/png": components["schemas"]["MediaBytes"];
                    "image/gif": components["schemas"]["MediaBytes"];
                    "video/mp4": components["schemas"]["MediaBytes"];
                    "audio/mpeg": components["schemas"]["MediaBytes"];
                    "text/vcard": components["schemas"]["MediaBytes"];
                    "application/pdf": components["schemas"]["MediaBytes"];
                    "application/octet-stream": components["schemas"]["MediaBytes"];
                };
            };
            /** @description The part of the attachment that `Range` asked for, or several as `multipart/byteranges`. Our addition. */
            206: {
                headers: {
                    "Content-Range": components["headers"]["ContentRange"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["LastModified"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": components["schemas"]["MediaBytes"];
                    "image/png": components["schemas"]["MediaBytes"];
                    "image/gif": components["schemas"]["MediaBytes"];
                    "video/mp4": components["schemas"]["MediaBytes"];
                    "audio/mpeg": components["schemas"]["MediaBytes"];
                    "text/vcard": components["schemas"]["MediaBytes"];
                    "application/pdf": components["schemas"]["MediaBytes"];
                    "application/octet-stream": components["schemas"]["MediaBytes"];
                    "multipart/byteranges": components["schemas"]["MediaBytes"];
                };
            };
            302: components["responses"]["StorageRedirect"];
            304: components["responses"]["NotModified"];
            401: components["responses"]["FilesUnauthorized"];
            403: components["responses"]["RestForbidden"];
            404: components["responses"]["RestNotFound"];
            412: components["responses"]["PreconditionFailed"];
            416: components["responses"]["RangeNotSatisfiable"];
        };
    };
    headMessageMediaFile: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Strong ETags; 412 if none of them is current, so that parts of two versions are never joined
                 *     (RFC 9110, section 13.1.1). Our addition.
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description 412 if the media is newer than this date; ignored beside `If-Match` (RFC 9110, section 13.1.4). Our
                 *     addition.
                 */
                "If-Unmodified-Since"?: components["parameters"]["IfUnmodifiedSince"];
                /** @description ETags at hand; 304 if one of them is current (RFC 9110, section 13.1.2). Our addition. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description 304 if the media is no newer than this date; ignored beside `If-None-Match` (RFC 9110,
                 *     section 13.1.3). Our addition.
                 */
                "If-Modified-Since"?: components["parameters"]["IfModifiedSince"];
            };
            path: {
                /** @description The ID of the space. */
                space_id: components["parameters"]["SpaceId"];
                /** @description The ID of the project the media belongs to. */
                project_id: components["parameters"]["FilesProjectId"];
                /** @description The name that the attachment was sent with. Its extension may be in upper case. */
                file: components["parameters"]["MessageMediaFile"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["MediaHead"];
            302: components["responses"]["StorageRedirect"];
            304: components["responses"]["NotModified"];
            401: components["responses"]["HeadUnauthorized"];
            403: components["responses"]["HeadForbidden"];
            404: components["responses"]["HeadNotFound"];
            412: components["responses"]["PreconditionFailed"];
        };
    };
    downloadMessageFile: {
        parameters: {
            query?: never;
            header?: {
                /** @description The bytes wanted, as one range or several (RFC 9110, section 14.2). Our addition. */
                Range?: components["parameters"]["Range"];
                /**
                 * @description A strong ETag or a date: `Range` counts only while the media is still that version, otherwise the
                 *     whole of it is sent (RFC 9110, section 13.1.5). Our addition.
                 */
                "If-Range"?: components["parameters"]["IfRange"];
                /**
                 * @description Strong ETags; 412 if none of them is current, so that parts of two versions are never joined
                 *     (RFC 9110, section 13.1.1). Our addition.
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description 412 if the media is newer than this date; ignored beside `If-Match` (RFC 9110, section 13.1.4). Our
                 *     addition.
                 */
                "If-Unmodified-Since"?: components["parameters"]["IfUnmodifiedSince"];
                /** @description ETags at hand; 304 if one of them is current (RFC 9110, section 13.1.2). Our addition. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description 304 if the media is no newer than this date; ignored beside `If-None-Match` (RFC 9110,
                 *     section 13.1.3). Our addition.
                 */
                "If-Modified-Since"?: components["parameters"]["IfModifiedSince"];
            };
            path: {
                /** @description The ID of the space. */
                space_id: components["parameters"]["SpaceId"];
                /** @description The ID of the project the media belongs to. */
                project_id: components["parameters"]["FilesProjectId"];
                /** @description The ID of the attachment, with or without the extension of its type. Our reading. */
                file: components["parameters"]["MessageFile"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole attachment. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["LastModified"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": components["schemas"]["MediaBytes"];
                    "image/png": components["schemas"]["MediaBytes"];
                    "image/gif": components["schemas"]["MediaBytes"];
                    "video/mp4": components["schemas"]["MediaBytes"];
                    "audio/mpeg": components["schemas"]["MediaBytes"];
                    "text/vcard": components["schemas"]["MediaBytes"];
                    "application/pdf": components["schemas"]["MediaBytes"];
                    "application/octet-stream": components["schemas"]["MediaBytes"];
                };
            };
            /** @description The part of the attachment that `Range` asked for, or several as `multipart/byteranges`. Our addition. */
            206: {
                headers: {
                    "Content-Range": components["headers"]["ContentRange"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["LastModified"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": components["schemas"]["MediaBytes"];
                    "image/png": components["schemas"]["MediaBytes"];
                    "image/gif": components["schemas"]["MediaBytes"];
                    "video/mp4": components["schemas"]["MediaBytes"];
                    "audio/mpeg": components["schemas"]["MediaBytes"];
                    "text/vcard": components["schemas"]["MediaBytes"];
                    "application/pdf": components["schemas"]["MediaBytes"];
                    "application/octet-stream": components["schemas"]["MediaBytes"];
                    "multipart/byteranges": components["schemas"]["MediaBytes"];
                };
            };
            302: components["responses"]["StorageRedirect"];
            304: components["responses"]["NotModified"];
            401: components["responses"]["FilesUnauthorized"];
            403: components["responses"]["RestForbidden"];
            404: components["responses"]["RestNotFound"];
            412: components["responses"]["PreconditionFailed"];
            416: components["responses"]["RangeNotSatisfiable"];
        };
    };
    headMessageFile: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Strong ETags; 412 if none of them is current, so that parts of two versions are never joined
                 *     (RFC 9110, section 13.1.1). Our addition.
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description 412 if the media is newer than this date; ignored beside `If-Match` (RFC 9110, section 13.1.4). Our
                 *     addition.
                 */
                "If-Unmodified-Since"?: components["parameters"]["IfUnmodifiedSince"];
                /** @description ETags at hand; 304 if one of them is current (RFC 9110, section 13.1.2). Our addition. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description 304 if the media is no newer than this date; ignored beside `If-None-Match` (RFC 9110,
                 *     section 13.1.3). Our addition.
                 */
                "If-Modified-Since"?: components["parameters"]["IfModifiedSince"];
            };
            path: {
                /** @description The ID of the space. */
                space_id: components["parameters"]["SpaceId"];
                /** @description The ID of the project the media belongs to. */
                project_id: components["parameters"]["FilesProjectId"];
                /** @description The ID of the attachment, with or without the extension of its type. Our reading. */
                file: components["parameters"]["MessageFile"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["MediaHead"];
            302: components["responses"]["StorageRedirect"];
            304: components["responses"]["NotModified"];
            401: components["responses"]["HeadUnauthorized"];
            403: components["responses"]["HeadForbidden"];
            404: components["responses"]["HeadNotFound"];
            412: components["responses"]["PreconditionFailed"];
        };
    };
    downloadFaxFile: {
        parameters: {
            query?: never;
            header?: {
                /** @description The bytes wanted, as one range or several (RFC 9110, section 14.2). Our addition. */
                Range?: components["parameters"]["Range"];
                /**
                 * @description A strong ETag or a date: `Range` counts only while the media is still that version, otherwise the
                 *     whole of it is sent (RFC 9110, section 13.1.5). Our addition.
                 */
                "If-Range"?: components["parameters"]["IfRange"];
                /**
                 * @description Strong ETags; 412 if none of them is current, so that parts of two versions are never joined
                 *     (RFC 9110, section 13.1.1). Our addition.
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description 412 if the media is newer than this date; ignored beside `If-Match` (RFC 9110, section 13.1.4). Our
                 *     addition.
                 */
                "If-Unmodified-Since"?: components["parameters"]["IfUnmodifiedSince"];
                /** @description ETags at hand; 304 if one of them is current (RFC 9110, section 13.1.2). Our addition. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description 304 if the media is no newer than this date; ignored beside `If-None-Match` (RFC 9110,
                 *     section 13.1.3). Our addition.
                 */
                "If-Modified-Since"?: components["parameters"]["IfModifiedSince"];
            };
            path: {
                /** @description The ID of the space. */
                space_id: components["parameters"]["SpaceId"];
                /** @description The ID of the project the media belongs to. */
                project_id: components["parameters"]["FilesProjectId"];
                /** @description A date, a hyphen, the document ID and the extension of its format, as seen in callbacks. */
                file: components["parameters"]["FaxFile"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole document. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["LastModified"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": components["schemas"]["MediaBytes"];
                    "image/tiff": components["schemas"]["MediaBytes"];
                };
            };
            /** @description The part of the document that `Range` asked for, or several as `multipart/byteranges`. Our addition. */
            206: {
                headers: {
                    "Content-Range": components["headers"]["ContentRange"];
                    ETag: components["headers"]["ETag"];
                    "Last-Modified": components["headers"]["LastModified"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": components["schemas"]["MediaBytes"];
                    "image/tiff": components["schemas"]["MediaBytes"];
                    "multipart/byteranges": components["schemas"]["MediaBytes"];
                };
            };
            302: components["responses"]["StorageRedirect"];
            304: components["responses"]["NotModified"];
            401: components["responses"]["FilesUnauthorized"];
            403: components["responses"]["RestForbidden"];
            404: components["responses"]["RestNotFound"];
            412: components["responses"]["PreconditionFailed"];
            416: components["responses"]["RangeNotSatisfiable"];
        };
    };
    headFaxFile: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Strong ETags; 412 if none of them is current, so that parts of two versions are never joined
                 *     (RFC 9110, section 13.1.1). Our addition.
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description 412 if the media is newer than this date; ignored beside `If-Match` (RFC 9110, section 13.1.4). Our
                 *     addition.
                 */
                "If-Unmodified-Since"?: components["parameters"]["IfUnmodifiedSince"];
                /** @description ETags at hand; 304 if one of them is current (RFC 9110, section 13.1.2). Our addition. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
                /**
                 * @description 304 if the media is no newer than this date; ignored beside `If-None-Match` (RFC 9110,
                 *     section 13.1.3). Our addition.
                 */
                "If-Modified-Since"?: components["parameters"]["IfModifiedSince"];
            };
            path: {
                /** @description The ID of the space. */
                space_id: components["parameters"]["SpaceId"];
                /** @description The ID of the project the media belongs to. */
                project_id: components["parameters"]["FilesProjectId"];
                /** @description A date, a hyphen, the document ID and the extension of its format, as seen in callbacks. */
                file: components["parameters"]["FaxFile"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["MediaHead"];
            302: components["responses"]["StorageRedirect"];
            304: components["responses"]["NotModified"];
            401: components["responses"]["HeadUnauthorized"];
            403: components["responses"]["HeadForbidden"];
            404: components["responses"]["HeadNotFound"];
            412: components["responses"]["PreconditionFailed"];
        };
    };
}
type WithRequired<T, K extends keyof T> = T & {
    [P in K]-?: T[P];
};
