// Types of the server's API, written by `npm run generate`; do not edit.
// One file, however long: its types refer to each other by one name, and nobody reads it by hand.

export interface paths {
    "/api/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accounts that one may manage. */
        get: {
            parameters: {
                query?: {
                    /** @description Only of this organisation. */
                    organisation?: string;
                    /** @description Only of this role. */
                    role?: string;
                    /** @description Only disabled ones, or only others. */
                    disabled?: boolean;
                    /** @description Only after this id. */
                    after?: string;
                    /** @description At most so many, 200 at most. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccountPage"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Makes an account. It carries a password, so it takes no key: its id tells a repeated request. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewAccount"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccountBody"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One account. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccountBody"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Sets what an account may be; its sessions end. */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Set"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccountBody"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}/commission": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Commissions an account, or changes its commission; its sessions end. */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewCommission"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Commissionable"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}/commission/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a commission at once. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["EndOfCommission"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Commissionable"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Disables an account; its sessions die at once. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Reason"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccountBody"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enables a disabled account again. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Reason"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccountBody"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives an account a new first password and takes its second factor; its sessions end. It takes no key: the version tells a repeated request. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Reset"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccountBody"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Archives in the data folder. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BackupsView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Makes an archive in the background, as `mingcha backup` does. One piece of work on archives runs at a time. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BackupsView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Proves an archive in the background, as `mingcha restore` does before it restores anything. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BackupsView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/boards/clearing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the regions right below one are from cleared. */
        get: {
            parameters: {
                query?: {
                    /** @description Region, one's own where absent. */
                    region?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Clearing"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/boards/clocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which clocks run out in which organisation, those with the most overdue first. */
        get: {
            parameters: {
                query?: {
                    /** @description Region, one's own where absent. */
                    region?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrganisationClocks"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/boards/inspection-plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a year's plan of inspections covers the designated institutions of a region, and those that it leaves out. */
        get: {
            parameters: {
                query?: {
                    /** @description Year, this one where absent. */
                    year?: number;
                    /** @description Region, one's own where absent. */
                    region?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InspectionPlan"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/boards/inspections-due": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The institutions of a region that are due for an inspection by their grade, the worst score first. */
        get: {
            parameters: {
                query?: {
                    /** @description Region, one's own where absent. */
                    region?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InspectionsDue"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/boards/institution-grade": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The grade of a designated institution from clues, cases, inspections and self-checks, how often that has it inspected, and when next.
         *     For whoever may count all of these in the region.
         */
        get: {
            parameters: {
                query: {
                    /** @description Its code. */
                    institution: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InstitutionGrade"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calendars": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The calendars by which working days are counted. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["YearView"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hands clues of a screening run over: new ones are begun, open ones brought up to date, decided ones left alone. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Push"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Pushed"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/commissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Third parties that one may commission. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Commissionables"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was delivered, by whom, for what and until when; nobody's data. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Deliveries"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Delivers data of one's own department. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewDelivery"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Delivered"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delivers the same as CSV in UTF-8 with the columns `certno`, `from` and `to`. */
        post: {
            parameters: {
                query: {
                    /** @description What it tells of people: `death`, `travel`, `detention`, `work_injury`, `employment`. */
                    kind: string;
                    /** @description What it may be used for, with commas between: `check_clue`, `work_case`, `inspect`. */
                    purposes: string;
                    /** @description The last day on which it may be used. */
                    until: string;
                    /** @description Why; nothing of a person. */
                    why: string;
                };
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "text/csv": string;
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Delivered"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a delivery of one's own department back: its rows are deleted at once. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Withdrawal"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DeliveryView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/draws": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Draws of the organisations whose inspections one may look at, the newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Organisation that draws; all that one may look at where absent. */
                    organisation?: string;
                    /** @description Published before this instant. */
                    before?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DrawHeading"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Publishes the digest of a draw's seed. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BeginDraw"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BegunDraw"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/draws/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A draw with seed, lists and result. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DrawView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/draws/{id}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Draws from lists, once. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DrawRequest"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DrawView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own exports of personal data, and those that one may decide on. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BulkExport"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Asks for an export of personal data. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Ask"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BulkExport"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approves somebody else's export; it may be taken once, within the hours of the configuration. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Why"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BulkExport"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes an approved export as CSV, once, with a line of who took it out, when and under which record of the trail; no cell runs as a formula. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuses somebody else's export. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Why"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BulkExport"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/forms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What acts ask for, field by field, by the `input` that [`machines`] names for each. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            [key: string]: components["schemas"]["FormFieldView"][];
                        };
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Groups that were seen together, with institutions and days, those with the highest score first. */
        get: {
            parameters: {
                query?: {
                    /** @description Page, from 1; 50 groups each. */
                    page?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Groups"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/guides": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The guides of inspections by field, which findings name items of. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["GuideView"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/institutions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Designated institutions by the register in the lake, in the order of their codes; at most 200. Who is designated is published, so
         *     everybody who is signed in may ask.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Their codes, with commas between, 200 at most. */
                    codes?: string;
                    /** @description A part of the name, or how the code begins. */
                    text?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Institution"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs, the newest first, without their reports. */
        get: {
            parameters: {
                query?: {
                    /** @description What is done: `import`, `screen`, … */
                    kind?: string;
                    /** @description Only jobs asked for before this instant. */
                    before?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobView"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Asks for work on the lake; it waits until the work before it is done. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AskJob"];
                };
            };
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A job with what came of it. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops a job. What it wrote so far is undone by the lake itself. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the keys of personal data and of informants stand. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KeysView"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{id}/rotation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a vault a new key and seals its values anew in the background; one that was broken off is gone on with, without another key. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    /** @description `personal` 或者 `informant` */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Rotate"];
                };
            };
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KeysView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/knowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The knowledge tables, by name: those that come with Mingcha with what the site adds. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KnowledgeTable"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/knowledge/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rows of a knowledge table by code or name, and by the day on which they hold. */
        get: {
            parameters: {
                query?: {
                    /** @description A code, the beginning of one, or a part of a name. */
                    code?: string;
                    /** @description Only rows that hold on this day. */
                    date?: string;
                    /** @description Page, from 1; 50 rows each. */
                    page?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KnowledgePage"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lake": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What lies in the lake. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LakeView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lake/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Batches of files that were imported or refused whole, the newest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BatchView"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lake/batches/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A batch with its report of quality. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BatchReport"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lake/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own claim files that came or are coming: what was broken off goes on where it was. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ClaimsFile"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Begins to send a claim file. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewClaimsFile"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BegunClaimsFile"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lake/files/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Sends a piece. Sent twice, it is taken once; the answer says where the next one begins. */
        put: {
            parameters: {
                query: {
                    /** @description Its first byte, counted from 0. */
                    offset: number;
                };
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/octet-stream": number[];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Received"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        /** Removes one's own claim file. */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lake/quarantine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Refused rows with place and reason; personal values are masked. */
        get: {
            parameters: {
                query?: {
                    /** @description Only of this batch. */
                    batch?: string;
                    /** @description Only of this table. */
                    table?: string;
                    /** @description Only refused by this check. */
                    check?: string;
                    /** @description Mended ones too. */
                    mended?: boolean;
                    /** @description Page, from 1; 100 rows each. */
                    page?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Quarantine"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lake/quarantine/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The open rows of a table as CSV, to be mended and imported again. */
        get: {
            parameters: {
                query?: {
                    /** @description Only of this batch. */
                    batch?: string;
                    /** @description Only of this table. */
                    table?: string;
                    /** @description Only refused by this check. */
                    check?: string;
                    /** @description Mended ones too. */
                    mended?: boolean;
                    /** @description Page, from 1; 100 rows each. */
                    page?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lake/quarantine/mend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mends refused rows of a table: the values that are sent are laid over the rows as they are stored, all other cells, masked ones too,
         *     stay as they are there; the rows are then checked and imported as a batch of their own by the job that this is answered with. A row
         *     that is still at fault is refused again, with its new reason.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Mend"];
                };
            };
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lake/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The lake's versions, the newest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LakeVersion"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledgers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What can be made. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LedgerView"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledgers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A table of a period, as it was closed where it was. */
        get: {
            parameters: {
                query?: {
                    /** @description A quarter such as `2026Q1`, or the name of a campaign. */
                    period?: string;
                    /** @description First day, where it is no quarter. */
                    from?: string;
                    /** @description Last day, where it is no quarter. */
                    to?: string;
                    /** @description Region; one's own where absent. */
                    region?: string;
                    /** @description `xlsx` or `html`, for a file. */
                    format?: string;
                    /** @description The figure, for the matters behind it. */
                    figure?: string;
                    /** @description Page of them, from 1. */
                    page?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TableView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledgers/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Closes a period of one's own region: the table stays as it is now. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Close"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TableView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledgers/{id}/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sets a correction beside a closed table. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Correct"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TableView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                428: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledgers/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The table as a file, with who took it out and when on every page. */
        get: {
            parameters: {
                query?: {
                    /** @description A quarter such as `2026Q1`, or the name of a campaign. */
                    period?: string;
                    /** @description First day, where it is no quarter. */
                    from?: string;
                    /** @description Last day, where it is no quarter. */
                    to?: string;
                    /** @description Region; one's own where absent. */
                    region?: string;
                    /** @description `xlsx` or `html`, for a file. */
                    format?: string;
                    /** @description The figure, for the matters behind it. */
                    figure?: string;
                    /** @description Page of them, from 1. */
                    page?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": number[];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledgers/{id}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The matters behind a figure of a table. */
        get: {
            parameters: {
                query?: {
                    /** @description A quarter such as `2026Q1`, or the name of a campaign. */
                    period?: string;
                    /** @description First day, where it is no quarter. */
                    from?: string;
                    /** @description Last day, where it is no quarter. */
                    to?: string;
                    /** @description Region; one's own where absent. */
                    region?: string;
                    /** @description `xlsx` or `html`, for a file. */
                    format?: string;
                    /** @description The figure, for the matters behind it. */
                    figure?: string;
                    /** @description Page of them, from 1. */
                    page?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Behind"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/letterhead": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The letterhead of one's own organisation. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LetterheadView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Sets the letterhead of one's own organisation. */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SetLetterhead"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LetterheadView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                428: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The time limits as they hold in a region or nationally, with the extensions that may be granted. */
        get: {
            parameters: {
                query?: {
                    /** @description Region, whose own limits go before those of the nation; those of the nation where absent. */
                    region?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LimitView"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/machines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The machines that matters go through. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MachineView"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/matters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The matters that one may see, page by page. */
        get: {
            parameters: {
                query?: {
                    /** @description Which machine: `clue`, `case`, … */
                    machine?: string;
                    /** @description States, separated by commas. */
                    state?: string;
                    /** @description Region, with all that lies in it. */
                    region?: string;
                    /** @description Organisation that owns it. */
                    organisation?: string;
                    /** @description Where it comes from. */
                    source?: string;
                    /** @description Grade of risk. */
                    grade?: string;
                    /** @description Whom it is about. */
                    subject?: string;
                    /** @description Designated institution. */
                    institution?: string;
                    /** @description What it grew out of. */
                    parent?: string;
                    /** @description Account that works on it. */
                    member?: string;
                    /** @description Whether it has come to an end. */
                    ended?: boolean;
                    /** @description Due at this instant or before. */
                    due_by?: number;
                    /** @description At least so much money, fen. */
                    least?: number;
                    /** @description `person`, `institution`, `group`, … */
                    subject_kind?: string;
                    /** @description Rule that a clue came from. */
                    rule?: string;
                    /** @description Item of the negative list that the rule covers. */
                    covers?: string;
                    /** @description Severity of the rule, 1 to 3. */
                    severity?: number;
                    /** @description Begun at this instant or later. */
                    begun_from?: number;
                    /** @description Begun before this instant. */
                    begun_to?: number;
                    /** @description What other organisations handed to one's own. */
                    handed_to_me?: boolean;
                    /** @description With whom the next step lies: words such as `head` or `police`, separated by commas, or `others` for whomever. */
                    waiting_for?: string;
                    /** @description A part of the title, the beginning of the id or of the number in it, also as pages write it: `案件 1a2b3c4d`. */
                    q?: string;
                    /** @description What comes first. */
                    sort?: components["schemas"]["Sort"];
                    /** @description The other way round. */
                    descending?: boolean;
                    /** @description Page, from 1. */
                    page?: number;
                    /** @description Rows of a page, 1 to 500; 50 where absent. */
                    size?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Begins a matter. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewMatter"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Acted"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/matters/acts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Does one act on many matters, each for itself: some may be done and others refused. Sent again under the same key, nothing is done twice. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DoActs"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Handled"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/matters/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Matters counted by one or several of their columns, with the money found and recovered. */
        get: {
            parameters: {
                query: {
                    /**
                     * @description `state`, `region`, `organisation`, `source`, `grade`, `machine`, `month` (of the beginning), `rule`, `institution`, `severity` or
                     *     `covers` (items of the negative list; a matter counts under each); several of them separated by commas, each once.
                     */
                    by: string;
                    /** @description Which machine. */
                    machine?: string;
                    /** @description States, separated by commas. */
                    state?: string;
                    /** @description Region, with all that lies in it. */
                    region?: string;
                    /** @description Organisation that owns it. */
                    organisation?: string;
                    /** @description Where they come from. */
                    source?: string;
                    /** @description Grade of risk. */
                    grade?: string;
                    /** @description Designated institution. */
                    institution?: string;
                    /** @description `person`, `institution`, `group`, … */
                    subject_kind?: string;
                    /** @description Rule that a clue came from. */
                    rule?: string;
                    /** @description Item of the negative list that the rule covers. */
                    covers?: string;
                    /** @description Severity of the rule, 1 to 3. */
                    severity?: number;
                    /** @description Begun at this instant or later. */
                    begun_from?: number;
                    /** @description Begun before this instant. */
                    begun_to?: number;
                    /** @description Account that works on it. */
                    member?: string;
                    /** @description Whether it has come to an end. */
                    ended?: boolean;
                    /** @description Due at this instant or before. */
                    due_by?: number;
                    /** @description With whom the next step lies: words such as `head` or `police`, separated by commas, or `others` for whomever. */
                    waiting_for?: string;
                    /** @description What other organisations handed to one's own. */
                    handed_to_me?: boolean;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Counted"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/matters/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The list as CSV, with a line of who took it out and when; texts that a spreadsheet would run as formulas are made plain. */
        get: {
            parameters: {
                query?: {
                    /** @description Which machine: `clue`, `case`, … */
                    machine?: string;
                    /** @description States, separated by commas. */
                    state?: string;
                    /** @description Region, with all that lies in it. */
                    region?: string;
                    /** @description Organisation that owns it. */
                    organisation?: string;
                    /** @description Where it comes from. */
                    source?: string;
                    /** @description Grade of risk. */
                    grade?: string;
                    /** @description Whom it is about. */
                    subject?: string;
                    /** @description Designated institution. */
                    institution?: string;
                    /** @description What it grew out of. */
                    parent?: string;
                    /** @description Account that works on it. */
                    member?: string;
                    /** @description Whether it has come to an end. */
                    ended?: boolean;
                    /** @description Due at this instant or before. */
                    due_by?: number;
                    /** @description At least so much money, fen. */
                    least?: number;
                    /** @description `person`, `institution`, `group`, … */
                    subject_kind?: string;
                    /** @description Rule that a clue came from. */
                    rule?: string;
                    /** @description Item of the negative list that the rule covers. */
                    covers?: string;
                    /** @description Severity of the rule, 1 to 3. */
                    severity?: number;
                    /** @description Begun at this instant or later. */
                    begun_from?: number;
                    /** @description Begun before this instant. */
                    begun_to?: number;
                    /** @description What other organisations handed to one's own. */
                    handed_to_me?: boolean;
                    /** @description With whom the next step lies: words such as `head` or `police`, separated by commas, or `others` for whomever. */
                    waiting_for?: string;
                    /** @description A part of the title, the beginning of the id or of the number in it, also as pages write it: `案件 1a2b3c4d`. */
                    q?: string;
                    /** @description What comes first. */
                    sort?: components["schemas"]["Sort"];
                    /** @description The other way round. */
                    descending?: boolean;
                    /** @description Page, from 1. */
                    page?: number;
                    /** @description Rows of a page, 1 to 500; 50 where absent. */
                    size?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/matters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One matter: facts, clocks with their sums, breaches, and which acts are open. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MatterView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/matters/{id}/acts/{act}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Does an act, or says everything that stands against it. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                    /** @description 编码中的下划线写作连字符 */
                    act: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DoAct"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Acted"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                428: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/matters/{id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The files of a matter. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FileView"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Begins to send a file; asks first whether it may come in at all. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BeginUpload"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BegunUpload"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/matters/{id}/files/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Hands a file out, once its digest was checked. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    file: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": number[];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/matters/{id}/files/{file}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Holds a file against the store and the trail. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    file: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FileProof"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/matters/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was done to a matter and what was refused, the newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Only before this number of the trail. */
                    before?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["History"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/matters/{id}/met-deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Meets the people of a matter, by the digests of their certificates, with what was delivered of them. A write without a key: each look counts. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Meeting"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Met"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/matters/{id}/papers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What papers a matter may issue now, which fields still miss, and what was issued. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PaperList"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/matters/{id}/papers/{paper}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Issues a paper, or a newer version of it with a reason: it gets its number, is frozen, and stands in the trail with its digest. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                    paper: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Issue"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PaperView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                428: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/matters/{id}/papers/{paper}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A paper as it would be now, marked on every page; what is missing stands there by its label. No number is used up. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                    paper: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": number[];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/matters/{id}/papers/{paper}/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An issued paper, once its digest was checked. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    paper: string;
                    version: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": number[];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/matters/{id}/peers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the institution or practitioner of a clue lies among all that the same rule looked at in the run. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Peers"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/matters/{id}/portrait": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The insured person whom a clue is about, in numbers from the newest version of the lake; not found where it is about anybody else. Nothing
         *     in it names a person.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Portrait"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/matters/{id}/screened": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the newest run found at the institution of a self-check, for those of its people who may answer it now. Nothing in it names a
         *     person or another institution.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Of this rule; none without one. */
                    rule?: string;
                    /** @description Page, from 1; 100 lines each. */
                    page?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Screened"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/matters/{id}/site-form": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The form of an inspection as one page that needs no network, to be saved; for whoever may bring it back, once the site was entered. */
        get: {
            parameters: {
                query: {
                    /** @description Ids of guides, with commas between. */
                    guides: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": number[];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Takes a form in: its file, its record and one finding for each item that was seen, all or nothing. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TakeForm"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FormTaken"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                428: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/matters/{id}/site-form/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What taking a form in would record, and all that speaks against it, by item and at once. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["LookAtForm"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FormLook"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/matters/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom a clue is about, drawn over time from the lake of its run; nothing in it names a person. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Timeline"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/matters/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Proves a clue again: its rule over the same versions of data and library, compared byte by byte. Answers with the job that does it. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/measures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the law answers acts with. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MeasureView"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/officers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accounts of an organisation that can be named as officers or members of a team. */
        get: {
            parameters: {
                query?: {
                    /** @description Code of the organisation; one's own where absent. */
                    organisation?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OfficerView"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/officers/names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Names of officers by account, as their organisations publish them; who has none is left out. */
        get: {
            parameters: {
                query: {
                    /** @description Accounts, with commas between, 200 at most. */
                    accounts: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            [key: string]: string;
                        };
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organisations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Organisations, which everybody who is signed in may know, since work is handed to them. */
        get: {
            parameters: {
                query?: {
                    /** @description Only in this region and below. */
                    region?: string;
                    /** @description Only of this department. */
                    department?: string;
                    /** @description Only after this code. */
                    after?: string;
                    /** @description At most so many, 200 at most. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrganisationPage"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Adds an organisation. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewOrganisation"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrganisationBody"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The policies that decide who may see and do what. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PolicyView"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portraits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An institution or practitioner in numbers from the newest version of the lake, for whoever may search the clues of the place where it
         *     lies, or in one's own region a clue about it; of a practitioner what is on record at such institutions. Nothing in it names a person.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AskPortrait"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Portrait"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portraits/points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How the points of a practitioner stand today, added up from the matters that one may list. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AskPoints"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PointsStanding"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Regions whose bureaus take part, with their names. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RegionView"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/regions/shapes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shapes of the regions as GeoJSON, where the configuration names a file of them; an empty collection otherwise. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/geo+json": Record<string, never>;
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One rule with all its words. */
        get: {
            parameters: {
                query: {
                    /** @description Its name: `chapter/name`. */
                    name: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RuleView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rule/fixtures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The fixtures of a rule, run now: what it must find and what it found. */
        get: {
            parameters: {
                query: {
                    /** @description Its name: `chapter/name`. */
                    name: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FixtureRun"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rule/params": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keeps other values of a rule's parameters in the site's `params.toml`; they count from the next screening. */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SetParams"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ParamView"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rules that come with Mingcha and those of the site, by name. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RuleHeading"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What checking says of each version of each rule. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RuleFeedback"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs, the newest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunView"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a run found, rule by rule. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunReport"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schemes/points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The scheme of practitioners' points: what may be chosen where points are given or taken back. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PointsView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who one is. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Me"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Signs in: the cookie is the session, the answer says who one is and carries the token for writes. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SignIn"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Me"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Signs out. */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/oidc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sends the browser to the provider. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                303: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Signs in whom the provider vouched for, by the account's own one-time code. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OwnCode"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Me"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/oidc/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Takes whoever comes back from the provider to the workbench: signed in, or with `?oidc=` saying what is still to do. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Stands for the sign-in there. */
                    code: string | null;
                    /** @description Which attempt it answers. */
                    state: string | null;
                    /** @description Whose answer it is. */
                    iss: string | null;
                    /** @description Why there is none. */
                    error: string | null;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                303: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes one's own password; all one's other sessions end. */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewPassword"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Sets one's second factor; all one's other sessions end. */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Confirmed"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Begins to set up one's second factor. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BegunSecondFactor"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/ways": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How one can sign in here; everybody may ask. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Ways"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the server runs with, for the system administrator. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Settings"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records, the newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Only before this number. */
                    before?: number;
                    /** @description Only of this account. */
                    account?: string;
                    /** @description Only on this object. */
                    object?: string;
                    /** @description Only of this act. */
                    act?: string;
                    /** @description Only of this outcome: done, refused or read. */
                    outcome?: string;
                    /** @description Only from this instant on, `2026-01-31 08:00:00`. */
                    since?: string;
                    /** @description Only before this instant. */
                    until?: string;
                    /** @description At most so many, 200 at most. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TrailPage"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trail/anchor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What to keep where the store cannot reach it. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": Record<string, never>;
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trail/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole trail as JSON lines, to be proved elsewhere. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-ndjson": string;
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trail/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Proves the chain, against anchors where there are any. One proof runs at a time. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Anchors"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Proved"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Sends a piece. Sent twice, it is taken once; the answer says where the next one begins. */
        put: {
            parameters: {
                query: {
                    /** @description Its first byte, counted from 0. */
                    offset: number;
                };
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/octet-stream": number[];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Taken"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads/{id}/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends an upload: the file is whole on the disk, stands in the matter and in the trail. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Finish"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FileView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vault/informant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Opens who informed, for those alone who took the complaint in. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OpenInformant"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InformantBody"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vault/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Opens personal data of a matter. A write without a key: each opening counts. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Open"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Values"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What one keeps of how one looks at a list. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SavedViews"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Keeps how one looks at a list. */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description 会话的令牌，登录时给出；与会话的 Cookie 一起发送 */
                    "X-CSRF-Token"?: string;
                    /** @description 每次操作唯一的编号：同一编号再来，不重复办理，回答与第一次相同 */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["KeepViews"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SavedViews"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
                /** @description 代码、说明、下一步 */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process lives. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Health"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counters for Prometheus: from this machine, or with the token of the configuration. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": string;
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether requests can be served. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Ready"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Ready"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description An account as it is shown. */
        AccountBody: {
            /** @description Number of the officer's certificate. */
            certificate?: string | null;
            /** @description Last day of the certificate. */
            certificate_until?: string | null;
            /**
             * Format: int64
             * @description Highest secrecy grade that it may see, 1 to 4.
             */
            clearance: number;
            commission?: components["schemas"]["CommissionBody"] | null;
            /** @description Department of that organisation. */
            department: string;
            /** @description Whether it is disabled. */
            disabled: boolean;
            /** @description Whether it has a second factor. */
            has_second_factor: boolean;
            /** @description Its name at sign-in. */
            id: string;
            /** @description Whether it is locked now. */
            locked: boolean;
            /** @description Whether its password must be changed before anything else. */
            must_change_password: boolean;
            /** @description Code of its organisation. */
            organisation: string;
            /** @description Region of that organisation. */
            region: string;
            /** @description Role. */
            role: string;
            /**
             * Format: int64
             * @description Version, which changes are based on.
             */
            version: number;
        };
        /** @description A page of accounts. */
        AccountPage: {
            /** @description In the order of their ids. */
            items: components["schemas"]["AccountBody"][];
            /** @description What to ask the next page with; none where this is the last. */
            next?: string | null;
        };
        ActInput: {
            /**
             * 银行账户
             * Format: personal
             */
            account?: string;
            /**
             * 地址
             * Format: personal
             */
            address?: string;
            /**
             * 证件号码
             * Format: personal
             */
            certificate?: string;
            /** @enum {string} */
            input: "add_person";
            /** 替换第几名 */
            instead_of?: number;
            /**
             * 姓名
             * Format: personal
             */
            name: string;
            /**
             * 联系电话
             * Format: personal
             */
            phone?: string;
            /** 身份 */
            role: string;
        } | {
            /** @enum {string} */
            input: "agree";
        } | {
            /** @enum {string} */
            input: "agree_to_lift";
        } | {
            /** 违反协议的情况 */
            breach: string;
            /** @enum {string} */
            input: "agreement";
            /** 定点医药机构 */
            institution: string;
        } | {
            /** @enum {string} */
            input: "agreement_measures";
            /** 措施 */
            measures: string[];
            /** 各措施金额 */
            money: unknown[][];
        } | {
            /** @enum {string} */
            input: "agreement_result";
            /** 办理结果 */
            result: string;
        } | {
            /** @enum {string} */
            input: "agreement_statement";
            /** 陈述申辩权的行使 */
            what: string;
        } | {
            /** @enum {string} */
            input: "announce";
        } | {
            /** 附件（SM3摘要） */
            attachments: string[];
            /** 查实的事实，或未能查清的原因 */
            facts: string;
            /**
             * 查实金额
             * Format: fen
             */
            found: number;
            /** @enum {string} */
            input: "answer";
            /** 核查结论 */
            outcome: string;
            /** 处理措施 */
            steps: string[];
        } | {
            /** @enum {string} */
            input: "approve";
            /** 文书编号 */
            paper: string;
        } | {
            /** @enum {string} */
            input: "ask_hearing";
        } | {
            /** 请求事项 */
            asked: string;
            /** @enum {string} */
            input: "ask_help";
            /** 协助单位 */
            of: string;
        } | {
            /** @enum {string} */
            input: "ask_supplement";
            /** 须补充的材料 */
            items: string[];
        } | {
            /** @enum {string} */
            input: "catch";
            /** 本次抓获人数 */
            suspects: number;
        } | {
            /**
             * 涉及金额
             * Format: fen
             */
            amount: number;
            /** 自查情况 */
            facts: string;
            /** 发现问题 */
            found: boolean;
            /** @enum {string} */
            input: "check_answer";
            /** 问题条目 */
            item: string;
            /** 涉及明细条数 */
            lines: number;
        } | {
            /** 领取码 */
            code: string;
            /** @enum {string} */
            input: "claim";
        } | {
            /** @enum {string} */
            input: "close_hearing";
        } | {
            /** @enum {string} */
            input: "close_institutions";
            /** 定点医药机构代码 */
            institutions: string[];
        } | {
            /** 结案理由 */
            ground: string;
            /** @enum {string} */
            input: "closing";
        } | {
            /** @enum {string} */
            input: "collect";
        } | {
            /** 举报渠道 */
            channel: string;
            /** 举报内容 */
            content: string;
            /** 提供具体线索或证据 */
            evidence: boolean;
            /** 举报人（另行密封） */
            informant?: {
                /**
                 * 收款账户
                 * Format: personal
                 */
                account?: string;
                /**
                 * 地址
                 * Format: personal
                 */
                address?: string;
                /**
                 * 证件号码
                 * Format: personal
                 */
                certificate?: string;
                /**
                 * 姓名
                 * Format: personal
                 */
                name?: string;
                /**
                 * 联系电话
                 * Format: personal
                 */
                phone?: string;
            };
            /** @enum {string} */
            input: "complaint";
            /** 实名举报 */
            named: boolean;
            /** 被举报对象（代码） */
            target: string;
            /** 被举报对象为自然人 */
            target_is_person?: boolean;
            /** 举报人密封编号 */
            token?: string;
        } | {
            /** 线索编号 */
            clue: string;
            /** @enum {string} */
            input: "complaint_clue";
        } | {
            /** @enum {string} */
            input: "complaint_outcome";
            /** 查证属实 */
            proved: boolean;
            /**
             * 案值
             * Format: fen
             */
            value: number;
        } | {
            /** 依法须集体讨论 */
            discussion_required: boolean;
            /** @enum {string} */
            input: "conclude";
            /** 依法须法制审核 */
            review_required: boolean;
        } | {
            /** @enum {string} */
            input: "contest_agreement";
            /** 复议申请或诉状编号 */
            paper: string;
            /** 提起诉讼 */
            suit: boolean;
        } | {
            /** @enum {string} */
            input: "contest_person";
            /** 情况 */
            what: string;
        } | {
            /** @enum {string} */
            input: "contest_points";
            /** 情况 */
            what: string;
        } | {
            /** @enum {string} */
            input: "coordination";
            /** 情况 */
            what: string;
        } | {
            /** 整改情况 */
            correction: string;
            /** @enum {string} */
            input: "correct";
            /** 问题条目 */
            item: string;
        } | {
            /** @enum {string} */
            input: "cross_check";
            /** 地区 */
            region: string;
        } | {
            /** 第几份证据 */
            evidence: number;
            /** @enum {string} */
            input: "custody";
            /** 移交给 */
            to: string;
        } | {
            /** @enum {string} */
            input: "decide";
            /** 各项措施及金额 */
            items: unknown[][];
            /** 决定种类 */
            kind: string;
            /** 计入金额的明细 */
            lines: string[];
        } | {
            /** @enum {string} */
            input: "decide_points";
        } | {
            /** 讨论结论 */
            conclusion: string;
            /** @enum {string} */
            input: "discuss";
            /** 各参加人意见 */
            opinions: unknown[][];
        } | {
            /**
             * 反馈期限
             * Format: date
             */
            due: string;
            /** @enum {string} */
            input: "dispatch";
            /** 分办到 */
            to: string;
        } | {
            /** @enum {string} */
            input: "dispute";
            /** 另一主张管辖的单位 */
            with: string;
        } | {
            /** 抽取的执法人员账号 */
            accounts: string[];
            /** 抽签编号 */
            draw: string;
            /** @enum {string} */
            input: "draw";
        } | {
            /** @enum {string} */
            input: "educate";
            /** 记录编号 */
            record: string;
        } | {
            /** 移送附件 */
            enclosures: {
                /** 数量 */
                amount?: string;
                /** 附件 */
                enclosure: string;
                /** 形式 */
                form: string;
                /** 原件编号 */
                number?: string;
                /** 文书或者文件 */
                piece?: string;
                /** 原件名称 */
                title?: string;
            }[];
            /** @enum {string} */
            input: "enclose";
        } | {
            /** 答复 */
            answer: string;
            /** 第几份协查函 */
            help: number;
            /** @enum {string} */
            input: "enter_help";
        } | {
            /** 本案文件 */
            file?: string;
            /** 来源线索的发现 */
            finding?: string;
            /** @enum {string} */
            input: "evidence";
            /** 证据种类 */
            kind: string;
            /** 证据来自 */
            origin: string;
            /** SHA-256摘要（没有扫描件的留空） */
            sha256?: string;
            /** SM3摘要（没有扫描件的留空） */
            sm3?: string;
            /** 提供人或者取得方式 */
            source?: string;
            /** 证据名称 */
            title: string;
        } | {
            /** 延长多少（不填即按规定的最长） */
            amount?: number;
            /** 延长情形 */
            extension: string;
            /** @enum {string} */
            input: "extend";
            /** 期限 */
            limit: string;
        } | {
            /**
             * 涉及金额
             * Format: fen
             */
            amount: number;
            /** 证据（SM3摘要） */
            evidence: string[];
            /** 检查发现 */
            facts: string;
            /** @enum {string} */
            input: "finding";
            /** 检查指引项目 */
            item: string;
        } | {
            /** 第几项发现 */
            finding: number;
            /** @enum {string} */
            input: "finding_result";
            /** 办理结果 */
            result: string;
        } | {
            /** @enum {string} */
            input: "follow_up";
            /** 复查情况 */
            what: string;
        } | {
            /** @enum {string} */
            input: "hand_in";
            /** 文书编号 */
            paper: string;
        } | {
            /** 移交物品清单 */
            goods: string[];
            /** @enum {string} */
            input: "hand_over";
        } | {
            /** @enum {string} */
            input: "hand_over_inspection";
            /** 地区 */
            region: string;
        } | {
            /** @enum {string} */
            input: "hearing_opinion";
            /** 意见 */
            opinion: string;
        } | {
            /** @enum {string} */
            input: "hold_hearing";
        } | {
            /** 答复 */
            answer: string;
            /** @enum {string} */
            input: "inspection_answer";
        } | {
            /** @enum {string} */
            input: "inspection_notice";
            /** 检查通知书编号 */
            paper: string;
        } | {
            /** @enum {string} */
            input: "institution_statement";
            /** 机构说明（不作说明的注明） */
            statement: string;
        } | {
            /** @enum {string} */
            input: "keep";
            /** SM3摘要 */
            sm3: string;
            /** 留存内容 */
            what: string;
        } | {
            /** 代码或者编号 */
            id: string;
            /** @enum {string} */
            input: "link";
            /** 关联什么 */
            kind: string;
        } | {
            /** 督办单位 */
            authorities: string[];
            /**
             * 完成期限
             * Format: date
             */
            due: string;
            /** 责任地区 */
            duty_region: string;
            /** @enum {string} */
            input: "listed";
            /** 督办事项编号 */
            matters: string[];
        } | {
            /** @enum {string} */
            input: "listed_result";
            /** 办理结果 */
            result: string;
        } | {
            /** 参加部门 */
            departments: string[];
            /** @enum {string} */
            input: "meeting";
            /** 议题 */
            topic: string;
        } | {
            /** @enum {string} */
            input: "merge";
            /** 并入的线索编号 */
            into: string;
        } | {
            /** @enum {string} */
            input: "minutes";
            /** 会议纪要 */
            minutes: string;
        } | {
            /**
             * 日期
             * Format: date
             */
            day: string;
            /** @enum {string} */
            input: "move_due";
        } | {
            /** @enum {string} */
            input: "none_found";
            /** 检查情况 */
            words: string;
        } | {
            /** @enum {string} */
            input: "nothing";
        } | {
            /**
             * 告知的罚款金额
             * Format: fen
             */
            fine: number;
            /** @enum {string} */
            input: "notice";
            /** 依据新的事实 */
            new_facts: boolean;
            /** 告知内容 */
            parts: string[];
            /** 送达回证编号 */
            receipt: string;
        } | {
            /** 听证主持人账号 */
            chair: string;
            /** @enum {string} */
            input: "notify_hearing";
            /** 地点 */
            place: string;
        } | {
            /** 办案人员 */
            accounts: string[];
            /** @enum {string} */
            input: "officers";
        } | {
            /** 来源线索 */
            clue?: string;
            /** 涉及生命健康、金融安全且有危害后果 */
            grave: boolean;
            /** @enum {string} */
            input: "open_case";
            /** 属于本部门管辖 */
            own_jurisdiction: boolean;
            /** 当事人（代码） */
            subject: string;
            /**
             * 违法行为终了日期
             * Format: date
             */
            violation_ended: string;
            /** 违法事实 */
            violation_facts: string;
        } | {
            /**
             * 涉及金额
             * Format: fen
             */
            amount: number;
            /** 风险等级（1高，2中，3低） */
            grade: number;
            /** @enum {string} */
            input: "open_clue";
            /** 重复识别号 */
            key: string;
            /** 严重程度（1轻微，2一般，3严重） */
            severity: number;
            /** 线索来源 */
            source: string;
            /** 当事人（代码） */
            subject: string;
        } | {
            /** 案件编号 */
            case: string;
            /** 可能涉及的刑法条款 */
            crime: string;
            /** @enum {string} */
            input: "open_transfer";
        } | {
            /** 依据的文书编号 */
            by: string;
            /** @enum {string} */
            input: "overturn";
        } | {
            /** @enum {string} */
            input: "pass_on";
            /** 转往单位 */
            to: string;
        } | {
            /** 缴入账户 */
            account: string;
            /**
             * 缴款金额
             * Format: fen
             */
            amount: number;
            /** @enum {string} */
            input: "pay";
            /** 款项性质 */
            kind: string;
            /** 银行凭证号 */
            voucher: string;
        } | {
            /** @enum {string} */
            input: "pay_reward";
            /** 转账凭证号 */
            voucher: string;
        } | {
            /** 事实 */
            facts: string;
            /** @enum {string} */
            input: "person";
            /** 违反的条款 */
            measure: string;
            /** 参保人编号 */
            person: string;
        } | {
            /** @enum {string} */
            input: "person_months";
            /** 月数 */
            months: number;
        } | {
            /** @enum {string} */
            input: "person_notice";
            /** 告知内容 */
            parts: string[];
        } | {
            /** @enum {string} */
            input: "person_statement";
            /** 陈述申辩权的行使 */
            what: string;
        } | {
            /** @enum {string} */
            input: "person_urgent";
            /** 情形 */
            situation: string;
            /** 情况 */
            what: string;
        } | {
            /** @enum {string} */
            input: "plan_inspection";
            /** 定点医药机构 */
            institution: string;
            /** 检查类别 */
            kind: string;
            /** 年度计划项目 */
            plan: string;
        } | {
            /** 记分情形 */
            event: string;
            /** 事实 */
            facts: string;
            /** @enum {string} */
            input: "points";
            /** 定点医药机构 */
            institution: string;
            /** 记分 */
            points: number;
            /** 医药人员代码 */
            practitioner: string;
            /** 责任程度 */
            responsibility: string;
        } | {
            /** 案卷一并退回 */
            file_returned: boolean;
            /** @enum {string} */
            input: "police_answer";
            /** 文书编号 */
            paper: string;
        } | {
            /** @enum {string} */
            input: "progress";
            /** 进展 */
            what: string;
        } | {
            /** 已去除个人信息 */
            anonymous: boolean;
            /** @enum {string} */
            input: "publish";
        } | {
            /** @enum {string} */
            input: "record_summary";
            /** 文书编号 */
            paper: string;
        } | {
            /** 回避人员 */
            account: string;
            /** @enum {string} */
            input: "recuse";
        } | {
            /**
             * 完成期限
             * Format: date
             */
            due: string;
            /** @enum {string} */
            input: "redirect";
            /** 移交给 */
            to: string;
            /** 接收地区 */
            to_region: string;
        } | {
            /** 请求事项 */
            asked: string;
            /** 内容 */
            content: string;
            /**
             * 完成期限
             * Format: date
             */
            due: string;
            /** @enum {string} */
            input: "referral";
            /** 所属线索或案件 */
            linked: string;
            /** 移交给 */
            to: string;
            /** 接收地区 */
            to_region: string;
        } | {
            /**
             * 涉及金额
             * Format: fen
             */
            amount: number;
            /** @enum {string} */
            input: "referral_result";
            /** 办理结果 */
            result: string;
        } | {
            /**
             * 现涉及金额
             * Format: fen
             */
            amount: number;
            /** 风险等级（1高，2中，3低） */
            grade: number;
            /** @enum {string} */
            input: "refresh";
        } | {
            /**
             * 退回金额
             * Format: fen
             */
            amount: number;
            /** @enum {string} */
            input: "refund";
            /** 银行凭证号 */
            voucher: string;
        } | {
            /** @enum {string} */
            input: "refusal";
            /** 情形 */
            situation: string;
            /** 情况 */
            what: string;
        } | {
            /** @enum {string} */
            input: "refuse_referral";
        } | {
            /** @enum {string} */
            input: "register_goods";
            /** 清单 */
            items: string[];
        } | {
            /** @enum {string} */
            input: "repair";
            /** 修复方式 */
            kind: string;
        } | {
            /** @enum {string} */
            input: "report";
            /** 季度、年度或行动名称 */
            period: string;
        } | {
            /** @enum {string} */
            input: "report_correction";
        } | {
            /** @enum {string} */
            input: "report_sent";
            /** SM3摘要 */
            sm3: string;
        } | {
            /** @enum {string} */
            input: "report_up";
        } | {
            /** @enum {string} */
            input: "reroute";
            /** 转送单位 */
            to: string;
        } | {
            /** @enum {string} */
            input: "restore_qualification";
        } | {
            /** @enum {string} */
            input: "restrict";
            /** 措施 */
            measures: string[];
        } | {
            /** 事由 */
            cause: string;
            /** @enum {string} */
            input: "resume_clock";
        } | {
            /** @enum {string} */
            input: "return_check";
        } | {
            /** @enum {string} */
            input: "review";
            /** 审核意见 */
            opinion: string;
            /** 同意 */
            passed: boolean;
        } | {
            /** @enum {string} */
            input: "review_check";
        } | {
            /**
             * 奖励金额
             * Format: fen
             */
            amount: number;
            /** 首位举报人 */
            first: boolean;
            /** @enum {string} */
            input: "reward";
            /** 主要事实此前已掌握 */
            known: boolean;
            /** 举报人为经办机构或受托机构人员 */
            staff: boolean;
        } | {
            /** 作出决定的案件 */
            case: string;
            /** 暂停的科室（禁业的留空） */
            department: string;
            /** @enum {string} */
            input: "sanction";
            /** 依据条款 */
            measure: string;
            /** 月数 */
            months: number;
            /** 机构代码或者人员编号 */
            subject: string;
        } | {
            /** @enum {string} */
            input: "seal_goods";
            /** 清单 */
            items: string[];
        } | {
            /**
             * 完成期限（按专项期限的留空）
             * Format: date
             */
            due?: string;
            /** 领域 */
            field: string;
            /** @enum {string} */
            input: "self_check";
            /** 定点医药机构 */
            institution: string;
            /** 问题清单条目 */
            items: string[];
            /** 专项期限（没有专项要求的留空） */
            variant?: string;
        } | {
            /** @enum {string} */
            input: "send";
            /** 移送书文号 */
            letter: string;
            /** 移送同级公安机关 */
            same_level: boolean;
            /** 受移送单位 */
            to: string;
        } | {
            /** @enum {string} */
            input: "send_back";
        } | {
            /** @enum {string} */
            input: "serve";
            /** 送达回证编号 */
            receipt: string;
        } | {
            /** 第几份物品清单 */
            holding: number;
            /** @enum {string} */
            input: "settle_goods";
        } | {
            /** @enum {string} */
            input: "settle_jurisdiction";
            /** 由本机关管辖 */
            own: boolean;
        } | {
            /** @enum {string} */
            input: "sign_receipt";
        } | {
            /**
             * 记录时间
             * Format: civil-time
             */
            at: string;
            /** @enum {string} */
            input: "site_form";
            /** 检查编号 */
            inspection: string;
            /** 检查项目 */
            items: {
                /** Format: fen */
                amount: number;
                facts: string;
                files: {
                    name: string;
                    sha256: string;
                }[];
                item: string;
                seen: string;
            }[];
            /** 记录的执法人员 */
            officers: string[];
            /** 地点 */
            place: string;
            /** 在场的机构人员 */
            present: {
                /** Format: personal */
                name: string;
                post: string;
            }[];
            /** SM3摘要 */
            sm3: string;
            /** 机构当场意见（没有意见的写明没有意见） */
            statement: string;
        } | {
            /** @enum {string} */
            input: "site_record";
            /** SM3摘要 */
            sm3: string;
        } | {
            /** 抽签编号 */
            draw: string;
            /** @enum {string} */
            input: "spot_check";
        } | {
            /** @enum {string} */
            input: "stage";
            /** 办理进度 */
            stage: string;
        } | {
            /** @enum {string} */
            input: "statement";
            /** 陈述申辩权的行使 */
            what: string;
        } | {
            /** 事由 */
            cause: string;
            /** @enum {string} */
            input: "stop_clock";
        } | {
            /**
             * 罚款金额
             * Format: fen
             */
            fine: number;
            /** @enum {string} */
            input: "summary";
            /** 当事人是个人 */
            person: boolean;
            /** 当事人（代码） */
            subject: string;
        } | {
            /** @enum {string} */
            input: "supplement";
            /** 已补充的材料 */
            items: string[];
        } | {
            /** 可能涉及的刑法条款 */
            crime: string;
            /** @enum {string} */
            input: "suspect_crime";
        } | {
            /** @enum {string} */
            input: "suspend_qualification";
            /** 月数 */
            months: number;
        } | {
            /** @enum {string} */
            input: "talk";
            /** 记录编号 */
            record: string;
        } | {
            /**
             * 完成期限
             * Format: date
             */
            due: string;
            /** @enum {string} */
            input: "task";
            /** 任务内容 */
            what: string;
            /** 责任部门 */
            who: string;
        } | {
            /** @enum {string} */
            input: "task_result";
            /** 办理结果 */
            result: string;
            /** 第几项任务 */
            task: number;
        } | {
            /** 专案组成员 */
            accounts: string[];
            /** @enum {string} */
            input: "team";
        } | {
            /** @enum {string} */
            input: "tell";
            /** 告知文书编号 */
            paper: string;
        } | {
            /** 领奖密码的SM3摘要 */
            code_sm3: string;
            /** @enum {string} */
            input: "tell_reward";
        } | {
            /** @enum {string} */
            input: "trace_plan";
            /** 定点医药机构 */
            institution: string;
            /** 机构类别 */
            kind?: string;
        } | {
            /** @enum {string} */
            input: "transfer_report";
            /** 文书编号 */
            paper: string;
        } | {
            /** @enum {string} */
            input: "withdraw_publication";
        } | {
            /** @enum {string} */
            input: "withhold_publication";
        } | {
            /** @enum {string} */
            input: "write_decision";
        };
        /** @description An act of a machine. */
        ActView: {
            /** @description Departments that may do it. */
            departments: string[];
            /** @description States that it may be done in; `new` for one that begins a matter. */
            from: string[];
            /** @description What the law asks of it, condition by condition. */
            guards: components["schemas"]["GuardView"][];
            /** @description Id. */
            id: string;
            /** @description Name of its input. */
            input: string;
            /** @description Name. */
            title: string;
            /** @description State that follows; the same where absent. */
            to?: string | null;
        };
        /** @description How a matter stands after an act. */
        Acted: {
            /**
             * Format: int64
             * @description The next end of one of its limits.
             */
            due?: number | null;
            /** @description Id. */
            id: string;
            /** @description State. */
            state: string;
            /**
             * Format: int64
             * @description Version.
             */
            version: number;
        };
        /** @description A condition of the law that does not hold. */
        Against: {
            /** @description Law and article. */
            basis: string;
            /** @description Stable code. */
            code: string;
            /** @description What is missing, in Chinese. */
            message: string;
            /** @description What to do next, in Chinese. */
            next: string;
        };
        /** @description Anchors that were kept elsewhere. */
        Anchors: {
            /** @description What `GET /api/v1/trail/anchor` answered then. */
            anchors?: Record<string, never>[];
        };
        /** @description An archive in the data folder, as the note beside it has it. */
        Archive: {
            /** @description Who asked for it. */
            account: string;
            /**
             * Format: int64
             * @description When it was made.
             */
            at: number;
            /**
             * Format: int64
             * @description Bytes.
             */
            bytes: number;
            checked?: components["schemas"]["Checked"] | null;
            /** @description Its name; its file's has `.zip` behind it. */
            name: string;
            /**
             * Format: int64
             * @description The last record of the trail that is in it.
             */
            seq: number;
            /** @description SM3 of its bytes. */
            sm3: string;
        };
        /** @description What shall be taken out, and why. */
        Ask: {
            /** @description What for; it stands in the trail, so nothing of a person belongs into it. */
            purpose: string;
            /** @description Which matters, as a list is asked. */
            query?: components["schemas"]["Query"];
        };
        /** @description What shall be done. */
        AskJob: (components["schemas"]["Import"] & {
            /** @enum {string} */
            kind: "import";
        }) | (components["schemas"]["Import"] & {
            /** @enum {string} */
            kind: "trial";
        }) | (components["schemas"]["Screen"] & {
            /** @enum {string} */
            kind: "screen";
        }) | (components["schemas"]["Effect"] & {
            /** @enum {string} */
            kind: "effect";
        }) | (components["schemas"]["OfRun"] & {
            /** @enum {string} */
            kind: "prove";
        }) | (components["schemas"]["OfRun"] & {
            /** @enum {string} */
            kind: "hand_over";
        });
        /** @description Whose points. */
        AskPoints: {
            /** @description Code of the practitioner. */
            code: string;
        };
        /** @description Whose portrait. */
        AskPortrait: {
            /** @description Its code. */
            code: string;
            /** @description What it is. */
            kind: components["schemas"]["Portrayed"];
        };
        /** @description What this server did last with an archive, or is doing. */
        BackupWork: {
            /** @description Who asked for it. */
            account: string;
            /**
             * Format: int64
             * @description When it was begun.
             */
            begun: number;
            /** @description Name of the archive. */
            name: string;
            /** @description `running`, `done` or `failed`. */
            state: string;
            /** @description `backup` or `check_backup`. */
            what: string;
            /** @description Why it failed, in Chinese. */
            words: string;
        };
        /** @description Archives in the data folder, and the work on them. */
        BackupsView: {
            /** @description The newest first, at most 200. */
            archives: components["schemas"]["Archive"][];
            work?: components["schemas"]["BackupWork"] | null;
        };
        /** @description A batch with the importer's report. */
        BatchReport: components["schemas"]["BatchView"] & {
            /** @description Counts by table and file, what was noted and refused, by check. */
            report: Record<string, never>;
            /** @description Chinese names of checks, tables and columns that the report names. */
            titles: {
                [key: string]: string;
            };
        };
        /** @description A batch of files. */
        BatchView: {
            /**
             * Format: int64
             * @description When it was written.
             */
            at: number;
            /** @description Names of its files. */
            files: string[];
            /** @description Id. */
            id: string;
            /**
             * Format: int64
             * @description Rows in quarantine.
             */
            quarantined: number;
            /**
             * Format: int64
             * @description Rows that were read.
             */
            read: number;
            /** @description Whether it was refused whole: then nothing of it is in the lake. */
            refused_whole: boolean;
            /**
             * Format: int64
             * @description Version that it made, or met where it was refused.
             */
            version: number;
        };
        /** @description A draw that shall be made. */
        BeginDraw: {
            /** @description SM3 of a seed that one keeps oneself; where absent, a seed is made and told once. */
            commitment?: string | null;
            /** @description What is drawn for. */
            title: string;
        };
        /** @description A file that shall be sent. */
        BeginUpload: {
            /**
             * Format: int64
             * @description Its size.
             */
            bytes: number;
            /** @description Line of the claims. */
            line?: string;
            /** @description The file that it is a newer version of. */
            replaces?: string | null;
            /** @description Rule that it was taken from. */
            rule?: string;
            /** @description Run of the rule. */
            run?: string;
            /** @description Its name, with the ending that says its type. */
            title: string;
        };
        /** @description Where to send the pieces of a claim file. */
        BegunClaimsFile: {
            /** @description The file. */
            file: components["schemas"]["ClaimsFile"];
            /** @description Most bytes of a piece. */
            piece: number;
        };
        /** @description A draw whose digest is published. */
        BegunDraw: {
            /** @description It. */
            draw: components["schemas"]["DrawView"];
            /** @description The seed that was made for it; it is kept nowhere, and the draw needs it. */
            seed?: string | null;
        };
        /** @description A second factor that waits for its first code. */
        BegunSecondFactor: {
            /** @description The same as an address, to be drawn as a picture. */
            address: string;
            /** @description To be sent back with the first code; sealed for this account. */
            pending: string;
            /** @description The secret, to type into an authenticator. */
            secret: string;
        };
        /** @description Where to send the pieces of a file. */
        BegunUpload: {
            /** @description Most bytes of a piece. */
            piece: number;
            /** @description Id of the upload. */
            upload: string;
        };
        /** @description The matters behind a figure. */
        Behind: {
            /** @description Rows of the page. */
            items: components["schemas"]["Heading"][];
            /**
             * Format: int64
             * @description How many matters there are.
             */
            total: number;
        };
        /** @description An export of personal data, from its request to the one time that it is taken. Instants are seconds of China's civil time. */
        BulkExport: {
            /**
             * Format: int64
             * @description When.
             */
            asked: number;
            /** @description Account that asked. */
            asker: string;
            /**
             * Format: int64
             * @description When.
             */
            decided?: number | null;
            /** @description Account that approved or refused. */
            decider?: string | null;
            /** @description Id. */
            id: string;
            /** @description Organisation of whoever asked. */
            organisation: string;
            /** @description What for. */
            purpose: string;
            /** @description Which matters. */
            query: components["schemas"]["Query"];
            /**
             * Format: int64
             * @description People that it held.
             */
            rows?: number | null;
            /** @description `asked`, `approved`, `refused` or `taken`. */
            state: string;
            /**
             * Format: int64
             * @description When it was taken.
             */
            taken?: number | null;
            /**
             * Format: int64
             * @description Until when it may be taken.
             */
            until?: number | null;
        };
        /** @description What a check of an archive came to. */
        Checked: {
            /** @description Who asked for it. */
            account: string;
            /**
             * Format: int64
             * @description When.
             */
            at: number;
            /** @description Whether it could be restored. */
            whole: boolean;
            /** @description Why not, in Chinese. */
            words: string;
        };
        /** @description A file that comes or has come. */
        ClaimsFile: {
            /** @description Who sends it. */
            account: string;
            /**
             * Format: int64
             * @description Its size.
             */
            bytes: number;
            /** @description Id. */
            id: string;
            /**
             * Format: int64
             * @description Bytes that have come.
             */
            received: number;
            /** @description Its name. */
            title: string;
        };
        /** @description How far a region is from cleared. */
        Clearing: {
            /**
             * Format: int64
             * @description Of them answered.
             */
            answered: number;
            /**
             * Format: int64
             * @description Of them cleared: closed, filed, merged or passed on.
             */
            cleared: number;
            /**
             * Format: int64
             * @description Of them dispatched, at whatever level.
             */
            dispatched: number;
            /**
             * Format: int64
             * @description Money found in confirmed ones, fen.
             */
            found: number;
            /** @description Its name. */
            name: string;
            /**
             * Format: int64
             * @description Of them past an end of a limit or of their dispatch, and not cleared.
             */
            overdue: number;
            /**
             * Format: int64
             * @description Clues that lie in it.
             */
            received: number;
            /** @description Code of the region. */
            region: string;
            /**
             * Format: int64
             * @description Of them sent back at least once.
             */
            returned: number;
            /**
             * Format: int64
             * @description Cleared of received, in hundredths of a per cent, rounded down.
             */
            share_bp: number;
        };
        /** @description A clock with its limit. */
        ClockView: {
            /** @description Law and article. */
            basis: string;
            /** @description Id of the limit. */
            limit: string;
            /** @description How it stands, with the sum that led there. */
            state: Record<string, never>;
            /** @description Name of the limit. */
            title: string;
        };
        /** @description A period that shall be closed. */
        Close: {
            /** @description First day, where it is no quarter. */
            from?: string | null;
            /** @description A quarter such as `2026Q1`, or the name of a campaign. */
            period: string;
            /** @description Last day, where it is no quarter. */
            to?: string | null;
        };
        /** @description A closing with its corrections. */
        ClosedView: {
            /** @description When. */
            at: string;
            /** @description Who closed it. */
            by: string;
            /** @description Corrections, the oldest first. */
            corrections: components["schemas"]["CorrectionView"][];
            /** @description SM3 of what was closed. */
            sm3: string;
            /**
             * Format: int64
             * @description Counts closing and corrections; a correction names it.
             */
            version: number;
        };
        /** @description What a third party was commissioned with. */
        CommissionBody: {
            /** @description Code of the bureau that gave it. */
            by: string;
            /** @description First day. */
            from: string;
            /** @description Codes of the institutions that it names. */
            institutions: string[];
            /** @description Ids of the matters that it names. */
            matters: string[];
            /** @description Last day. */
            to: string;
        };
        /** @description An account of a third party, and its commission. */
        Commissionable: {
            /** @description The account. */
            account: string;
            commission?: components["schemas"]["CommissionBody"] | null;
            /** @description Whether the account is disabled. */
            disabled: boolean;
            /** @description Code of the third party. */
            organisation: string;
            /**
             * Format: int64
             * @description Version, which changes are based on.
             */
            version: number;
        };
        /** @description Accounts that may be commissioned. */
        Commissionables: {
            /** @description In the order of their accounts. */
            items: components["schemas"]["Commissionable"][];
        };
        /** @description The first code of a second factor, and the password once more. */
        Confirmed: {
            /** @description The first code. */
            code: string;
            /** @description One's password. */
            password: string;
            /** @description What setting it up answered. */
            pending: string;
        };
        /** @description A correction that shall stand beside a closed table. */
        Correct: {
            /** @description Column, by its heading and the one above it, such as `行政处罚·家数`. */
            column: string;
            /**
             * Format: int64
             * @description What it should be; money in fen.
             */
            now: number;
            /** @description Period, as it was closed. */
            period: string;
            /** @description Why. */
            reason: string;
            /** @description Ids of the matters behind it. */
            records?: string[];
            /** @description Row, by its id. */
            row: string;
            /**
             * Format: int64
             * @description The version that one has seen.
             */
            version?: number | null;
        };
        /** @description A correction. */
        CorrectionView: {
            /** @description When. */
            at: string;
            /** @description Who corrected. */
            by: string;
            /** @description Column. */
            column: string;
            /** @description What it should be. */
            now: string;
            /** @description Why. */
            reason: string;
            /** @description Row. */
            row: string;
            /** @description What stands in the closed table. */
            was: string;
        };
        /** @description Matters counted by one of their columns. */
        Counted: {
            /**
             * Format: int64
             * @description Their money, fen.
             */
            amount: number;
            /** @description The column. */
            by: string;
            /**
             * Format: int64
             * @description How many.
             */
            count: number;
            /**
             * Format: int64
             * @description Of them at an end; a clue that is closed counts as ended, though it may be opened again.
             */
            ended: number;
            /**
             * Format: int64
             * @description Money found where a clue was confirmed, its newest answer; fen.
             */
            found: number;
            /**
             * Format: int64
             * @description Of them past an end of a limit and not at an end.
             */
            overdue: number;
            /**
             * Format: int64
             * @description Money paid back: returned to the fund, damages of agreements, and what self-checks refunded; fen. Of a clue what its case brought.
             */
            recovered: number;
            /** @description Value of the column; of a month `2026-03`. */
            value: string;
        };
        /**
         * @description What a delivery may be used for.
         * @enum {string}
         */
        DataPurpose: "check_clue" | "work_case" | "inspect";
        /** @description A day of an institution or practitioner. */
        Day: {
            /** @description The day. */
            day: string;
            /**
             * Format: int64
             * @description What the fund paid, fen.
             */
            fund: number;
            /**
             * Format: int64
             * @description Lines of that day that the clue stands on.
             */
            offending: number;
            /**
             * Format: int64
             * @description People.
             */
            people: number;
            /**
             * Format: int64
             * @description Visits and stays that began.
             */
            visits: number;
        };
        /** @description What came of a delivery. */
        Delivered: {
            /** @description The delivery. */
            delivery: components["schemas"]["DeliveryView"];
            /** @description The first of the rows that were refused. */
            refused_rows: components["schemas"]["UntakenRow"][];
        };
        /** @description A person, and the days that are told of. */
        DeliveredRow: {
            /** @description Number of the identity certificate. It becomes a keyed digest at once and is kept nowhere. */
            certno: string;
            /** @description First day. */
            from: string;
            /** @description Last day; none where it goes on, or is one day. */
            to?: string | null;
        };
        /** @description Deliveries. */
        Deliveries: {
            /** @description The newest first. */
            items: components["schemas"]["DeliveryView"][];
        };
        /**
         * @description What a delivery tells of people.
         * @enum {string}
         */
        DeliveryKind: "death" | "travel" | "detention" | "work_injury" | "employment";
        /** @description A delivery; nothing of it names anybody. */
        DeliveryView: {
            /**
             * Format: int64
             * @description When. Seconds of China's civil time.
             */
            at: number;
            /**
             * Format: int64
             * @description When its rows were deleted.
             */
            ended?: number | null;
            /** @description Id. */
            id: string;
            /** @description What it tells. */
            kind: components["schemas"]["DeliveryKind"];
            /** @description Who delivered it. */
            organisation: string;
            /** @description What it may be used for. */
            purposes: components["schemas"]["DataPurpose"][];
            /**
             * Format: int64
             * @description Rows that were refused.
             */
            refused: number;
            /**
             * Format: int64
             * @description Rows that were taken.
             */
            rows: number;
            /** @description The last day on which it may be used. */
            until: string;
            /** @description Why it was delivered. */
            why: string;
        };
        /** @description The tiers of fines, and in which of them the proposed fines fall. */
        Discretion: {
            /** @description On what the tiers rest. */
            basis: string;
            /** @description How sure that is, in words. */
            certainty: string;
            /** @description The fines of the case, act by act. */
            fines: components["schemas"]["FineTier"][];
            /** @description What to know. */
            note: string;
            /** @description The tiers of all measures. */
            tiers: components["schemas"]["TierBand"][];
        };
        /** @description An act on a matter. */
        DoAct: {
            input?: components["schemas"]["ActInput"] | null;
            /** @description Why. */
            reason?: string;
            /**
             * Format: int64
             * @description The version that one has seen; `If-Match` may say it instead.
             */
            version?: number | null;
        };
        /** @description One act on many matters. */
        DoActs: {
            /** @description Which act. */
            act: string;
            /** @description What the act brings; nothing where it takes nothing. */
            input?: Record<string, never> | null;
            /** @description The matters, each with the version that one has seen. */
            items: components["schemas"]["OnMatter"][];
            /** @description Why. */
            reason?: string;
        };
        /** @description What a list shows of a draw. */
        DrawHeading: {
            /** @description Who published it. */
            account: string;
            /**
             * Format: int64
             * @description When the seed's digest was published.
             */
            at: number;
            /**
             * Format: int64
             * @description When it was drawn; nothing while it waits for its lists.
             */
            drawn_at?: number | null;
            /** @description Id. */
            id: string;
            /** @description Organisation that draws. */
            organisation: string;
            /** @description What is drawn for. */
            title: string;
        };
        /** @description A list that is drawn from. */
        DrawList: {
            /** @description How many are drawn. */
            count: number;
            /** @description Everybody or everything that could be drawn. */
            list: string[];
            /** @description Those who must not be, such as recused officers. */
            without?: string[];
        };
        /** @description What a draw is made from. */
        DrawRequest: {
            /** @description Lists by name. */
            lists: {
                [key: string]: components["schemas"]["DrawList"];
            };
            /** @description The seed whose digest was published. */
            seed: string;
        };
        /** @description A draw. */
        DrawView: {
            /** @description Who published it. */
            account: string;
            /**
             * Format: int64
             * @description When it was published.
             */
            at: number;
            /** @description SM3 of the seed, published before the lists. */
            commitment: string;
            /**
             * Format: int64
             * @description When they were made.
             */
            drawn_at?: number | null;
            /** @description The draws by name, such as `institutions` and `officers`, with seed and lists; nothing before they were made. */
            draws: Record<string, never>;
            /** @description Id, by which acts name it. */
            id: string;
            /** @description Organisation that draws. */
            organisation: string;
            /** @description What is drawn for. */
            title: string;
        };
        /** @description Which values to try. */
        Effect: {
            /** @description The rule's name: `chapter/name`. */
            rule: string;
            /** @description Values by parameter, as a form has them: a number, `true` or `false`, a text, or texts with `、` between. */
            values: {
                [key: string]: string;
            };
        };
        /** @description Why a commission ends. */
        EndOfCommission: {
            /**
             * Format: int64
             * @description The version of the account that it is based on; or `If-Match`.
             */
            version?: number | null;
            /** @description Why. */
            why: string;
        };
        /** @description An error as a client sees it. */
        ErrorBody: {
            /** @description Stable code. */
            code: string;
            /** @description The field, where one is wrong. */
            field?: string | null;
            /** @description All that the law or the state of the matter has against it. */
            guards?: components["schemas"]["GuardBody"][];
            /** @description What is wrong, in Chinese. */
            message: string;
            /** @description What to do next, in Chinese. */
            next: string;
            /**
             * Format: int64
             * @description The version now, on a conflict.
             */
            version?: number | null;
        };
        /** @description An event that brings points. */
        EventView: {
            id: string;
            /**
             * Format: int32
             * @description The least points.
             */
            least: number;
            /**
             * Format: int32
             * @description The most.
             */
            most: number;
            title: string;
        };
        /** @description More time that somebody may grant. */
        ExtensionView: {
            /** @description Who grants it. */
            granted_by: string;
            id: string;
            /** @description How long, in words. */
            span: string;
            /**
             * Format: int32
             * @description How often at most.
             */
            times: number;
            /** @description In what case, in the law's words. */
            title: string;
        };
        /** @description A field of a paper. */
        FieldView: {
            /** @description Labels of a list's columns. */
            columns: string[];
            /** @description Type, in Chinese. */
            kind: string;
            /** @description Label, by which it is entered. */
            label: string;
            /** @description What to mind. */
            note: string;
            /** @description Whether the record alone may give it. */
            recorded: boolean;
            /** @description Whether it must have a value. */
            required: boolean;
            /**
             * @description `known`: the record holds it, and it is not entered; `suggested`: something was entered before or is suggested, which may be written
             *     otherwise; `open`: nothing is there.
             */
            value: string;
        };
        /** @description What proving a file came to. */
        FileProof: {
            /** @description The file as the store knows it. */
            file: components["schemas"]["FileView"];
            /** @description SM3 of its bytes as they are now; none where the file is gone. */
            now?: string | null;
            /** @description SHA-256 of the same bytes. */
            now_sha256?: string | null;
            /**
             * Format: int64
             * @description Number of the trail's record that entered it.
             */
            record?: number | null;
            /** @description SM3 that stands in that record. */
            recorded?: string | null;
            /** @description SHA-256 that stands in that record. */
            recorded_sha256?: string | null;
            /** @description Whether bytes, store and trail say the same. */
            whole: boolean;
        };
        /** @description What a file is in the facts: they name it by its SM3. */
        FileUse: {
            /**
             * Format: int32
             * @description Which of them, from 1.
             */
            number: number;
            /** @description The source that is written there. */
            source: string;
            /** @description `evidence`, `answer`, `site_record` or `finding`. */
            what: string;
        };
        /** @description A file of a matter. */
        FileView: {
            /** @description Who put it in. */
            account: string;
            /**
             * Format: int64
             * @description When it came in.
             */
            at: number;
            /**
             * Format: int64
             * @description Size.
             */
            bytes: number;
            /** @description Id. */
            id: string;
            /** @description Line of the claims. */
            line: string;
            /** @description Matter that it belongs to. */
            matter: string;
            /** @description The version before. */
            replaces?: string | null;
            /** @description Rule that it was taken from. */
            rule: string;
            /** @description Run of the rule. */
            run: string;
            /** @description SHA-256 of its bytes. */
            sha256: string;
            /** @description SM3 of its bytes. */
            sm3: string;
            /** @description Name. */
            title: string;
            /** @description What the matter's facts use it as. */
            uses?: components["schemas"]["FileUse"][];
            /**
             * Format: int64
             * @description Counts the versions of a file.
             */
            version: number;
        };
        /** @description Where a fine falls. */
        FineTier: {
            /** @description Law and article. */
            article: string;
            /** @description What the fine is measured by, in words. */
            base: string;
            /**
             * Format: int64
             * @description The fine, fen.
             */
            fined: number;
            /** @description Id of the measure. */
            measure: string;
            /**
             * Format: int32
             * @description The fine as a multiple of it in basis points, rounded down.
             */
            multiple_bp: number;
            /**
             * Format: int64
             * @description That amount, fen.
             */
            of: number;
            /** @description Name of the tier; none where it falls in none of them, as a mitigated one does. */
            tier?: string | null;
        };
        /** @description The end of an upload. */
        Finish: {
            /** @description SM3 that the sender made of the file, to find faults on the way. */
            sm3?: string | null;
        };
        /** @description A fixture of a rule, run. */
        FixtureRun: {
            /** @description What differs, in the words of `mingcha rule test`. */
            differences: string[];
            /** @description What the rule must find, in Chinese, one finding each; empty where it must stay silent. */
            expected: string[];
            /** @description What it found, in Chinese, one finding each. */
            found: string[];
            /** @description Whether the rule found what it must; nothing where the time was over before it was run. */
            passed?: boolean | null;
            /** @description `命中`, `不命中` or `缺数据`. */
            sort: string;
            /** @description Its title. */
            title: string;
        };
        /** @description Something that speaks against a form. */
        FormFault: {
            /** @description The item of the guide, empty where it is about the whole. */
            item: string;
            /** @description What is wrong, in Chinese. */
            message: string;
        };
        /** @description A field of a form. */
        FormFieldView: {
            /** @description Name in requests. */
            name: string;
            /** @description Whether it must be there. */
            required: boolean;
            /** @description JSON Schema of its value; `format` is `fen` for money and `date` for a day. */
            schema: Record<string, never>;
            /** @description Chinese name. */
            title: string;
        };
        /** @description What a form says of an item. */
        FormItemView: {
            /**
             * Format: int64
             * @description Amount in fen.
             */
            amount: number;
            /** @description What was seen. */
            facts: string;
            /** @description Names of the files of evidence. */
            files: string[];
            /** @description Id of the item. */
            item: string;
            /** @description `seen`, `not_seen` or `not_applicable`. */
            seen: string;
        };
        /** @description What taking a form in would record, and all that speaks against it. */
        FormLook: {
            /** @description What speaks against it; it is taken in only without any. */
            faults: components["schemas"]["FormFault"][];
            form?: components["schemas"]["FormView"] | null;
            /** @description SM3 of the file. */
            sm3: string;
        };
        /** @description A form that was taken in. */
        FormTaken: {
            /** @description The file that the form lies in. */
            file: string;
            /**
             * Format: int32
             * @description How many findings it made.
             */
            findings: number;
            /** @description Id of the inspection. */
            id: string;
            /** @description Its state. */
            state: string;
            /**
             * Format: int64
             * @description Its version.
             */
            version: number;
        };
        /** @description What a form says. */
        FormView: {
            /** @description When it was noted, `2026-11-23 14:00:00`. */
            at: string;
            /**
             * Format: int32
             * @description How many findings it makes.
             */
            findings: number;
            /** @description What was noted, item by item. */
            items: components["schemas"]["FormItemView"][];
            /** @description Accounts of the officers who noted it. */
            officers: string[];
            /** @description Where. */
            place: string;
            /** @description Who of the institution was present, with what they do there. */
            present: string[];
            /** @description What the institution said on the spot. */
            statement: string;
        };
        /** @description A kind of record that a grade weighs. */
        GradePart: {
            /**
             * Format: int32
             * @description How many.
             */
            count: number;
            /** @description Id: `fraud_case`, `case`, `finding`, … */
            id: string;
            /**
             * Format: int32
             * @description Points that each takes off.
             */
            points: number;
            /** @description Its name. */
            title: string;
        };
        /** @description Matters of an institution by kind. */
        GradeRecords: {
            /**
             * Format: int32
             * @description Cases.
             */
            cases: number;
            /**
             * Format: int32
             * @description Clues.
             */
            clues: number;
            /**
             * Format: int32
             * @description Inspections.
             */
            inspections: number;
            /**
             * Format: int32
             * @description Of them not yet at an end.
             */
            open_clues: number;
            /**
             * Format: int32
             * @description Self-checks.
             */
            self_checks: number;
        };
        /** @description A group that was seen together. */
        GroupView: {
            /** @description The first day on which it was seen. */
            begin?: string | null;
            /** @description The last day. */
            end?: string | null;
            /** @description The clue about it. */
            heading: components["schemas"]["Heading"];
            /** @description Codes of the institutions of its lines, the one with most lines first; at most 20. */
            institutions: string[];
        };
        /** @description A page of groups, those with the highest score first. */
        Groups: {
            /** @description At most 50. */
            items: components["schemas"]["GroupView"][];
            /**
             * Format: int64
             * @description Groups of all pages, all counted.
             */
            total: number;
        };
        /** @description One condition of the law that is not met. */
        GuardBody: {
            /** @description Law and article. */
            basis: string;
            /** @description Stable code. */
            code: string;
            /** @description Name of the condition. */
            guard: string;
            /** @description What is missing. */
            message: string;
            /** @description What to do next. */
            next: string;
        };
        /** @description What a condition asks. */
        GuardView: {
            /** @description Law and article. */
            basis: string;
            /** @description Stable code of its refusal. */
            code: string;
            /** @description What is missing where it refuses. */
            message: string;
        };
        /** @description A problem that is looked for. */
        GuideItemView: {
            /** @description What a finding names. */
            id: string;
            /** @description What kind of problem. */
            kind: string;
            /**
             * Format: int32
             * @description Its number in the list.
             */
            number: number;
            /** @description What it is, in short. */
            words: string;
        };
        /** @description The guide of a field. */
        GuideView: {
            /** @description The paper whose list it follows. */
            basis: string;
            id: string;
            /** @description The problems that are looked for. */
            items: components["schemas"]["GuideItemView"][];
            /** @description Name of the field. */
            title: string;
        };
        /** @description What became of a matter of a batch. */
        Handled: {
            /** @description Whether it was done. */
            done: boolean;
            /** @description The matter. */
            id: string;
            refused?: components["schemas"]["ErrorBody"] | null;
            /** @description Its state after the act. */
            state?: string | null;
            /**
             * Format: int64
             * @description Its version after the act.
             */
            version?: number | null;
        };
        /** @description What a list shows of a matter. Instants are seconds of China's civil time since 1970, money is fen. */
        Heading: {
            /**
             * Format: int64
             * @description Money in question, fen.
             */
            amount: number;
            /**
             * Format: int64
             * @description When it was begun.
             */
            begun: number;
            /**
             * Format: int64
             * @description When it was last changed.
             */
            changed: number;
            /** @description Department of that organisation. */
            department: string;
            /**
             * Format: int64
             * @description The next end of one of its limits.
             */
            due?: number | null;
            /**
             * Format: int64
             * @description When it came to an end.
             */
            ended?: number | null;
            /** @description Grade of risk. */
            grade: string;
            /** @description Id. */
            id: string;
            /** @description Designated institution concerned, empty where there is none. */
            institution: string;
            /** @description Which machine it goes through: `clue`, `case`, `transfer`, … */
            machine: string;
            /** @description Organisation that owns it now. */
            organisation: string;
            /** @description The matter that it grew out of. */
            parent?: string | null;
            /** @description Region where it lies. */
            region: string;
            /**
             * Format: int64
             * @description Score, 0 to 100.
             */
            score: number;
            /** @description Region of that organisation. */
            seat: string;
            /**
             * Format: int64
             * @description Secrecy grade, 1 to 4.
             */
            secrecy: number;
            /** @description Where it comes from, such as `screening`. */
            source: string;
            /** @description State of it. */
            state: string;
            /** @description Whom it is about: a code or a token, never a name. */
            subject: string;
            /** @description `person`, `institution`, …; empty where it is about nobody. */
            subject_kind: string;
            /** @description What it is about, in Chinese, without personal data. */
            title: string;
            /**
             * Format: int64
             * @description Counts the acts; every act names the version that it is based on.
             */
            version: number;
            /** @description With whom the next step lies, such as `head` or `police`; empty where it lies with those who work on it. */
            waiting_for: string;
        };
        /** @description A heading of a column. */
        HeadingView: {
            /** @description The figure that opens to its matters; nothing where there is none. */
            figure?: string | null;
            /** @description Heading above several columns. */
            group: string;
            /** @description Heading. */
            label: string;
            /** @description Whether counts, money or shares stand in it. */
            number: boolean;
        };
        /** @description That it lives. */
        Health: {
            status: string;
            version: string;
        };
        /** @description A page of a matter's past, the newest first. */
        History: {
            /** @description The acts. */
            items: components["schemas"]["Past"][];
            /**
             * Format: int64
             * @description What to ask the next page with; none where this is the last.
             */
            next?: number | null;
        };
        /** @description A holiday. */
        HolidayView: {
            /** @description First day, `2026-01-01`. */
            first: string;
            /** @description Last day. */
            last: string;
            name: string;
            /** @description Days off that are worked instead. */
            work: string[];
        };
        /** @description Files to import. */
        Import: {
            /** @description Also files that an earlier batch brought. */
            again?: boolean;
            /** @description Dates after this day are impossible; today where absent. */
            as_of?: string;
            /** @description Ids of files that were sent whole. */
            files: string[];
            /** @description How foreign names map to ours: `mingcha`, `interface`, `centre`; the one that knows most where absent. */
            profile?: string;
        };
        /** @description Who informed; a field is empty where nothing was given. */
        InformantBody: {
            /** @description Bank account for a reward. */
            account: string;
            /** @description Address. */
            address: string;
            /** @description Number of an identity certificate. */
            certificate: string;
            /** @description Name. */
            name: string;
            /** @description Telephone. */
            phone: string;
        };
        /** @description A year's plan of inspections in a region. */
        InspectionPlan: {
            /** @description Of them with an inspection of the year's plan. */
            covered: number;
            /** @description Of those with one that has ended on site. */
            inspected: number;
            /** @description Designated institutions that are known in it. */
            known: number;
            /** @description Code of the region. */
            region: string;
            /** @description Of the known ones without an inspection of the plan. */
            uncovered: number;
            /** @description Codes of those without one, in their order; at most 1000. */
            without: string[];
            /**
             * Format: int32
             * @description The year.
             */
            year: number;
        };
        /** @description The institutions of a region by when their next inspection is due. */
        InspectionsDue: {
            /** @description Of them due for an inspection. */
            due: number;
            /** @description Those due, the worst score first; at most 500. */
            items: components["schemas"]["InstitutionGrade"][];
            /** @description Institutions that are known in the region. */
            known: number;
        };
        /** @description A designated institution as the register has it. */
        Institution: {
            /** @description Code, `fixmedins_code`. */
            code: string;
            /** @description Name, `fixmedins_name`. */
            name: string;
            /** @description Region code, empty where the register has none. */
            region: string;
        };
        /** @description The grade of an institution, with all that it comes from. */
        InstitutionGrade: {
            /** @description On what the scheme rests. */
            basis: string;
            /** @description How sure that is, in words. */
            certainty: string;
            /** @description Whether that day has come. */
            due: boolean;
            /** @description Since when records count, `2026-01-01`. */
            from: string;
            /** @description Id of the grade. */
            grade: string;
            /**
             * Format: int32
             * @description Inspections on site that ended since then.
             */
            inspected: number;
            /**
             * Format: int32
             * @description Inspections a year that the grade sets.
             */
            inspections: number;
            /** @description Code of the institution. */
            institution: string;
            /** @description The day of the last inspection since then. */
            last?: string | null;
            /** @description The day by which the next one is due; none where the grade sets none. */
            next?: string | null;
            /** @description What to know of it. */
            note: string;
            /** @description What is counted, kind by kind. */
            parts: components["schemas"]["GradePart"][];
            /** @description What is on record of it in all. */
            records: components["schemas"]["GradeRecords"];
            /**
             * Format: int32
             * @description The score.
             */
            score: number;
            /** @description The sum in Chinese, line by line. */
            steps: string[];
            /** @description Its name. */
            title: string;
            /**
             * Format: int32
             * @description Inspections that were planned or begun and have not ended on site.
             */
            under_way: number;
        };
        /** @description A paper that shall be issued. */
        Issue: {
            /** @description What the record does not hold, by label; money in fen. */
            fields?: Record<string, never>;
            /** @description Why it is issued again. */
            reason?: string;
            /**
             * Format: int64
             * @description Version of the matter that it is based on; `If-Match` may say it instead.
             */
            version?: number | null;
        };
        /** @description Something in a lane. */
        Item: {
            /**
             * Format: int64
             * @description Money, fen, where there is any.
             */
            amount?: number | null;
            /**
             * Format: int64
             * @description Beginning.
             */
            from: number;
            /** @description Table and key of its row. */
            key: string[];
            /** @description What it is. */
            label: string;
            /** @description Its lane. */
            lane: string;
            /** @description Whether the clue stands on it. */
            offending: boolean;
            /**
             * Format: int64
             * @description End, where it lasts.
             */
            to?: number | null;
        };
        /**
         * @description What is done.
         * @enum {string}
         */
        JobKind: "import" | "trial" | "screen" | "effect" | "prove" | "verify" | "hand_over";
        /**
         * @description How far it is.
         * @enum {string}
         */
        JobState: "waiting" | "running" | "done" | "faulty" | "failed" | "cancelled" | "broken_off";
        /** @description A job. Instants are seconds of China's civil time. */
        JobView: {
            /** @description Who asked for it. */
            account: string;
            /** @description What was asked for. */
            asked: Record<string, never>;
            /**
             * Format: int64
             * @description When.
             */
            at: number;
            /**
             * Format: int64
             * @description When it began.
             */
            begun?: number | null;
            /**
             * Format: int64
             * @description Steps done.
             */
            done: number;
            /**
             * Format: int64
             * @description When it ended.
             */
            ended?: number | null;
            /**
             * Format: int64
             * @description Exit code of the program.
             */
            exit?: number | null;
            /** @description Id. */
            id: string;
            /** @description What is done. */
            kind: components["schemas"]["JobKind"];
            /** @description The clue that it proves; empty for work on the whole lake. */
            matter: string;
            /** @description What to do next, in Chinese. */
            next: string;
            /** @description For which organisation. */
            organisation: string;
            /** @description What came of it; null while nothing has. */
            report?: Record<string, never> | null;
            /** @description How far it is. */
            state: components["schemas"]["JobState"];
            /** @description What it is about, for people. */
            title: string;
            /**
             * Format: int64
             * @description Steps in all; 0 where nobody knows yet.
             */
            whole: number;
            /** @description The last words of the program, where it did not come to its end. */
            words: string;
        };
        /** @description What shall be kept. */
        KeepViews: {
            /** @description As the workbench wants it back. */
            body: unknown;
        };
        /** @description A key by its id. */
        KeyView: {
            id: string;
            /**
             * Format: int64
             * @description Values that it seals.
             */
            values: number;
        };
        /** @description How the keys of a vault stand. No key is in it. */
        KeysView: {
            /** @description Id of the key that seals; none where nothing has been sealed yet. */
            current?: string | null;
            /** @description Values by key. */
            keys: components["schemas"]["KeyView"][];
            /** @description Whether a rotation makes the new key; else the key service that the ring comes from must have one first. */
            makes_key: boolean;
            rotation?: components["schemas"]["Rotation"] | null;
            /** @description What is sealed there, in Chinese. */
            title: string;
            /** @description `personal` or `informant`. */
            vault: string;
            /**
             * Format: int64
             * @description Values that wait to be sealed under the current key.
             */
            waiting: number;
        };
        /** @description A kind of paper with its fields. */
        KindView: components["schemas"]["Offer"] & {
            /** @description Its fields. */
            fields: components["schemas"]["FieldView"][];
            /** @description Labels of what it must show and nothing holds yet. */
            missing: string[];
        };
        /** @description A column of a knowledge table. */
        KnowledgeColumn: {
            /** @description What it means, in Chinese; behind a colon what each of its values stands for. */
            meaning: string;
            name: string;
        };
        /** @description A knowledge table by name. */
        KnowledgeName: {
            /** @description As the knowledge tables are listed. */
            id: string;
            /** @description Chinese title. */
            title: string;
        };
        /** @description Rows of a knowledge table. */
        KnowledgePage: {
            /** @description Those of the page, in the order of the table. */
            items: components["schemas"]["KnowledgeRowView"][];
            /**
             * Format: int64
             * @description Rows of all pages.
             */
            total: number;
        };
        /** @description A row of a knowledge table. */
        KnowledgeRowView: {
            /** @description First day on which it holds; always where absent. */
            begin?: string | null;
            /** @description Last day on which it holds; always where absent. */
            end?: string | null;
            /** @description In the order of the table's columns. */
            values: string[];
        };
        /** @description A knowledge table. */
        KnowledgeTable: {
            /** @description Its columns, in order. */
            columns: components["schemas"]["KnowledgeColumn"][];
            /** @description Its name with `-` for `_`. */
            id: string;
            /**
             * Format: int64
             * @description How many rows it has.
             */
            rows: number;
            /** @description Where its facts come from. */
            source: string;
            /** @description Chinese title. */
            title: string;
        };
        /** @description A table of the lake. */
        LakeTable: {
            /**
             * Format: int64
             * @description Bytes on disk.
             */
            bytes: number;
            /**
             * Format: int64
             * @description Rows.
             */
            rows: number;
            /** @description National name. */
            table: string;
            /** @description Chinese name. */
            title: string;
        };
        /** @description A version of the lake. */
        LakeVersion: {
            /**
             * Format: int64
             * @description Rows with a new key.
             */
            added: number;
            /**
             * Format: int64
             * @description When it was written.
             */
            at: number;
            /** @description The batch, where it is an import. */
            batch?: string | null;
            /** @description Whether it can still be read. */
            kept: boolean;
            /** @description What made it: `import`, `compact`, … */
            made: string;
            /**
             * Format: int64
             * @description Rows that were refused.
             */
            refused: number;
            /**
             * Format: int64
             * @description Rows that replaced one of the same key.
             */
            replaced: number;
            /**
             * Format: int64
             * @description Rows that stood already.
             */
            unchanged: number;
            /**
             * Format: int64
             * @description Its number.
             */
            version: number;
        };
        /** @description What lies in the lake. */
        LakeView: {
            /**
             * Format: int64
             * @description Batches in it.
             */
            batches: number;
            /** @description Tables that hold something. */
            tables: components["schemas"]["LakeTable"][];
            /** @description Whether there is one. */
            there: boolean;
            /**
             * Format: int64
             * @description Version.
             */
            version: number;
            /** @description Whether compaction would make reading faster. */
            wants_compaction: boolean;
        };
        /** @description A row of the drawing. */
        Lane: {
            /** @description Id. */
            id: string;
            /** @description `stay` bars, `visit` points, `supply` bands, `line` points. */
            kind: string;
            /** @description What stands beside it. */
            label: string;
        };
        /** @description A ledger or statistics table that can be made. */
        LedgerView: {
            /** @description Who asks for it. */
            basis: string[];
            /** @description Id. */
            id: string;
            /** @description `ledger`: a row a record; `statistics`: a row a region. */
            kind: string;
            /** @description What to mind. */
            note: string;
            /** @description `quarter`, `campaign`, or nothing where it is made for any days. */
            period?: string | null;
            /** @description Chinese title. */
            title: string;
        };
        /** @description The letterhead of an organisation; what is empty is entered paper by paper. */
        Letterhead: {
            /**
             * @description Address.
             * @default
             */
            address: string;
            /**
             * @description Bank that takes fines.
             * @default
             */
            bank: string;
            /**
             * @description Who answers questions.
             * @default
             */
            contact: string;
            /**
             * @description Court that has jurisdiction.
             * @default
             */
            court: string;
            /**
             * @description Account for fines.
             * @default
             */
            fine_account: string;
            /**
             * @description Account of the fund for what is returned.
             * @default
             */
            fund_account: string;
            /**
             * @description Names of officers as the authority publishes them, by number of certificate or account.
             * @default {}
             */
            names: {
                [key: string]: string;
            };
            /**
             * @description Telephone.
             * @default
             */
            phone: string;
            /**
             * @description What stands before the word of a number series, mostly the place's short name.
             * @default
             */
            place: string;
            /**
             * @description Authority of reconsideration.
             * @default
             */
            reconsideration: string;
            /**
             * @description Section that does the work.
             * @default
             */
            unit: string;
        };
        /** @description The letterhead with its version. */
        LetterheadView: {
            /** @description It. */
            letterhead: components["schemas"]["Letterhead"];
            /**
             * Format: int64
             * @description Counts its changes; 0 where it was never set.
             */
            version: number;
        };
        /** @description Breaches of a limit. */
        LimitBreaches: {
            /**
             * Format: int64
             * @description How many.
             */
            count: number;
            /** @description Id of the limit. */
            limit: string;
            /** @description Its name. */
            title: string;
        };
        /** @description A time limit. */
        LimitView: {
            /** @description What must be done. */
            act: string;
            /** @description Who must act. */
            actor: string;
            /** @description Laws and articles. */
            basis: string[];
            /** @description How sure that is, in words. */
            certainty: string;
            /** @description More time that may be granted. */
            extensions: components["schemas"]["ExtensionView"][];
            id: string;
            /** @description What follows a miss. */
            missed: string;
            /** @description What to know. */
            note?: string | null;
            /** @description Part of the procedure. */
            phase: string;
            /** @description What the time starts with. */
            start: string;
            /** @description How long, in words. */
            term: string;
            title: string;
        };
        /** @description A form that came back, for a look. */
        LookAtForm: {
            /** @description The text of the file that it saved. */
            file: string;
        };
        /** @description A machine: its states and acts. */
        MachineView: {
            /** @description Acts. */
            acts: components["schemas"]["ActView"][];
            /** @description Id. */
            id: string;
            /** @description States. */
            states: components["schemas"]["Named"][];
            /** @description Name. */
            title: string;
        };
        /** @description A sealed value as whoever may read its matter sees it. */
        Masked: {
            /** @description What kind: `name`, `certificate`, `phone`, … */
            kind: string;
            /** @description All but a little hidden. */
            shown: string;
            /** @description The kind in Chinese. */
            title: string;
            /** @description What stands for it in facts and texts. */
            token: string;
        };
        /** @description That a delivery tells something of a person of a matter. */
        Matched: {
            /** @description The delivery. */
            delivery: string;
            /** @description First day. */
            from: string;
            /** @description What is told. */
            kind: components["schemas"]["DeliveryKind"];
            /** @description Who delivered it. */
            organisation: string;
            /** @description Last day; none where it goes on, or is one day. */
            to?: string | null;
            /** @description The token of the certificate in the matter. */
            token: string;
        };
        /** @description A matter. */
        MatterView: {
            /** @description The acts of its machine. */
            acts: components["schemas"]["MayAct"][];
            /** @description Breaches of limits; they stay. */
            breaches: Record<string, never>[];
            /** @description Its clocks. */
            clocks: components["schemas"]["ClockView"][];
            discretion?: components["schemas"]["Discretion"] | null;
            /** @description What acts made of it. */
            facts: Record<string, never>;
            /** @description Organisations that it was handed to. */
            handed_to: string[];
            /** @description What lists show of it. */
            heading: components["schemas"]["Heading"];
            /** @description Personal data that it holds tokens of, masked; opened by `POST /api/v1/vault/open`. */
            masked: components["schemas"]["Masked"][];
            /** @description What it came from, as it was handed over. */
            origin: Record<string, never>;
            /** @description Name of the state, in Chinese. */
            state_title: string;
            /** @description Accounts that work on it. */
            team: string[];
            transfer_hint?: components["schemas"]["TransferHint"] | null;
        };
        /** @description Whether an act may be done now. */
        MayAct: {
            /** @description Of an open act: what would refuse it now whatever is filled in. What guards say of the input itself only doing it tells. */
            against: components["schemas"]["Against"][];
            /** @description Why not: `state` or the code of a policy. */
            closed_by?: string | null;
            /** @description Id. */
            id: string;
            /** @description Name of the input that it takes. */
            input: string;
            /** @description Whether the one who asks may do it as far as policy and state go; the guards ask the rest when it is done. */
            open: boolean;
            /** @description Name. */
            title: string;
        };
        /** @description Who one is, and what one's session still needs. */
        Me: {
            /** @description Account. */
            account: string;
            /** @description What every write must carry in `X-CSRF-Token`. */
            csrf_token: string;
            /** @description Department of that organisation. */
            department: string;
            /** @description Whether the password must be changed before anything else. */
            must_change_password: boolean;
            /** @description Whether a second factor must be set up before anything else. */
            must_set_second_factor: boolean;
            /** @description Code of its organisation. */
            organisation: string;
            /** @description Region of that organisation. */
            region: string;
            /** @description Role. */
            role: string;
            /** @description Whether a second factor was shown. */
            second_factor: boolean;
        };
        /** @description What the law answers an act with. */
        MeasureView: {
            /** @description For what. */
            act: string;
            /** @description Law and article. */
            article: string;
            /** @description How sure the statement is, in words. */
            certainty: string;
            /** @description On what condition. */
            condition?: string | null;
            /** @description What is ordered to be put right. */
            corrective?: string | null;
            id: string;
            /** @description What to know. */
            note?: string | null;
            /** @description What else follows. */
            other?: string | null;
            /** @description Who is liable. */
            subject: string;
        };
        /** @description With what the people of a matter are met. */
        Meeting: {
            /** @description Kinds of deliveries; all where empty. */
            kinds: components["schemas"]["DeliveryKind"][];
            /** @description What for: it must be the matter's, and one of the delivery's purposes. */
            purpose: components["schemas"]["DataPurpose"];
            /** @description Why; it stands in the trail, so nothing of a person belongs into it. */
            why: string;
        };
        /** @description Refused rows of a table to be mended. What was typed may be personal: it is neither logged nor recorded. */
        Mend: {
            /** @description The rows, 500 at most. */
            rows: components["schemas"]["MendedRow"][];
            /** @description Table. */
            table: string;
            /** @description Check everything, keep nothing. */
            trial?: boolean;
        };
        /** @description A refused row with other values. */
        MendedRow: {
            /** @description Batch. */
            batch: string;
            /** @description Values by column; an empty one takes a value away. Other cells stay as they are stored. */
            cells: {
                [key: string]: string;
            };
            /**
             * Format: int64
             * @description Place among the batch's refused rows.
             */
            place: number;
        };
        /** @description What meeting came to. */
        Met: {
            /** @description What was found. */
            matches: components["schemas"]["Matched"][];
            /** @description How many people of the matter were looked for. */
            people: number;
        };
        /** @description Something with an id and a Chinese name. */
        Named: {
            /** @description Id. */
            id: string;
            /** @description Name. */
            title: string;
        };
        /** @description An account that shall be made. */
        NewAccount: {
            /** @description Number of the officer's certificate. */
            certificate?: string | null;
            /** @description Last day of the certificate, `2026-12-31`. */
            certificate_until?: string | null;
            /** @description Certificate number of the person; only a keyed digest of it is kept, to hold the three administrators apart. */
            certno: string;
            /**
             * Format: int64
             * @description Highest secrecy grade that it may see, 1 to 4.
             */
            clearance: number;
            /** @description Its name at sign-in: lower-case letters, digits and `-`. */
            id: string;
            /** @description Code of its organisation. */
            organisation: string;
            /** @description First password, which must be changed at once. */
            password: string;
            /** @description Role. */
            role: string;
        };
        /** @description A claim file that shall be sent. */
        NewClaimsFile: {
            /**
             * Format: int64
             * @description Its size.
             */
            bytes: number;
            /** @description Its name, with the ending that says its form. */
            title: string;
        };
        /** @description What a letter of commission names. */
        NewCommission: {
            /** @description First day. */
            from: string;
            /** @description Codes of institutions: one's own bureau's clues and inspections about them. */
            institutions: string[];
            /** @description Ids of clues and inspections of one's own bureau. */
            matters: string[];
            /** @description Last day. */
            to: string;
            /**
             * Format: int64
             * @description The version of the account that it is based on; or `If-Match`.
             */
            version?: number | null;
            /** @description Why, such as the number of the letter. */
            why: string;
        };
        /** @description A delivery. */
        NewDelivery: {
            /** @description What it tells of people. */
            kind: components["schemas"]["DeliveryKind"];
            /** @description What it may be used for. */
            purposes: components["schemas"]["DataPurpose"][];
            /** @description Its rows. */
            rows: components["schemas"]["DeliveredRow"][];
            /** @description The last day on which it may be used, `2026-12-31`; its rows are deleted afterwards. */
            until: string;
            /** @description Why, such as the number of the letter; nothing of a person. */
            why: string;
        };
        /** @description A matter that is to be begun. */
        NewMatter: {
            /** @description The act that begins it. */
            act: string;
            /** @description What the act brings; its `input` names which. */
            input: Record<string, never>;
            /** @description Designated institution concerned. */
            institution?: string;
            /** @description Which machine. */
            machine: string;
            /** @description The matter that it grows out of. */
            parent?: string | null;
            /** @description Why. */
            reason?: string;
            /** @description Region where it lies. */
            region: string;
            /**
             * Format: int64
             * @description Secrecy grade, 1 to 4; 2 where absent.
             */
            secrecy?: number;
            /** @description Where it comes from. */
            source: string;
            /** @description A code or a token. */
            subject?: string;
            /** @description `person`, `institution`, … */
            subject_kind?: string;
            /** @description What it is about, in Chinese, without personal data. */
            title: string;
        };
        /** @description An organisation that shall be added. */
        NewOrganisation: {
            /** @description Department. */
            department: string;
            /** @description Code of the designated institution that it is; for institutions alone. */
            fixmedins_code?: string | null;
            /** @description Code: lower-case letters, digits and `-`. */
            id: string;
            /** @description Region code, six digits. */
            region: string;
            /** @description Name. */
            title: string;
        };
        /** @description A change of one's own password. */
        NewPassword: {
            /** @description The one that shall hold. */
            new: string;
            /** @description The one that holds. */
            old: string;
        };
        /** @description Which run. */
        OfRun: {
            /** @description Its id. */
            run: string;
        };
        /** @description A kind of paper that belongs to a matter. */
        Offer: {
            /** @description Why not: `ended`, `state`, `act`, `decision`, `department` or the code of a policy. */
            closed_by?: string | null;
            /**
             * Format: int64
             * @description Versions that were issued.
             */
            issued: number;
            /** @description Whether the file is not complete without it. */
            needed: boolean;
            /** @description Whether it may be issued now by the one who asks, as far as policy and state go. */
            open: boolean;
            /** @description Kind of paper. */
            paper: string;
            /** @description Word of its number series. */
            series?: string | null;
            /** @description Its title. */
            title: string;
        };
        /** @description Somebody who can be named as an officer or member of a team. */
        OfficerView: {
            /** @description Account. */
            account: string;
            /** @description Until when it holds, `2026-12-31`. */
            certificate_until?: string | null;
            /** @description Whether a certificate of law enforcement holds today. */
            certified: boolean;
            /** @description Role. */
            role: string;
            /** @description The role in Chinese. */
            role_title: string;
        };
        /** @description A matter of a batch. */
        OnMatter: {
            /** @description Its id. */
            id: string;
            /**
             * Format: int64
             * @description The version that one has seen.
             */
            version: number;
        };
        /** @description What shall be opened, and why. */
        Open: {
            /** @description The matter that it is opened for. */
            matter: string;
            /** @description What for; it stands in the trail, so nothing of a person belongs into it. */
            purpose: string;
            /** @description Tokens as they stand in the matter, at most 50. */
            tokens: string[];
        };
        /** @description Whose informant shall be opened, and why. */
        OpenInformant: {
            /** @description The complaint. */
            matter: string;
            /** @description What for; it stands in the trail, so nothing of a person belongs into it. */
            purpose: string;
        };
        /** @description One opened value. */
        OpenedValue: {
            /** @description What kind: `name`, `certificate`, `phone`, `address`, `bank_card` or `other`. */
            kind: string;
            /** @description Its token. */
            token: string;
            /** @description The value. */
            value: string;
        };
        /** @description An organisation. */
        OrganisationBody: {
            /** @description Department. */
            department: string;
            /** @description Code of the designated institution that it is. */
            fixmedins_code?: string | null;
            /** @description Code. */
            id: string;
            /** @description Region code. */
            region: string;
            /** @description Name. */
            title: string;
            /**
             * Format: int64
             * @description Version.
             */
            version: number;
        };
        /** @description Clocks of an organisation. */
        OrganisationClocks: {
            /** @description Breaches that were entered, by limit; they stay. */
            breaches: components["schemas"]["LimitBreaches"][];
            /** @description Code of the organisation. */
            organisation: string;
            /**
             * Format: int64
             * @description Of them overdue.
             */
            overdue: number;
            /** @description Its region. */
            region: string;
            /**
             * Format: int64
             * @description Matters with an end of a limit ahead or passed.
             */
            running: number;
            /**
             * Format: int64
             * @description Of them due within three days.
             */
            soon: number;
            /** @description Its title. */
            title: string;
        };
        /** @description A page of organisations. */
        OrganisationPage: {
            /** @description In the order of their codes. */
            items: components["schemas"]["OrganisationBody"][];
            /** @description What to ask the next page with; none where this is the last. */
            next?: string | null;
        };
        /** @description The one-time code of somebody whom the provider vouched for. */
        OwnCode: {
            /** @description One-time code. */
            code: string;
        };
        /** @description A page of a list. */
        Page: {
            /** @description Rows of the page. */
            items: components["schemas"]["Heading"][];
            /** @description Whether there are more than that. */
            more: boolean;
            /**
             * Format: int64
             * @description Rows of all pages, counted up to 500.
             */
            total: number;
        };
        /** @description The papers of a matter. */
        PaperList: {
            /** @description Those that were issued, the oldest first. */
            issued: components["schemas"]["PaperView"][];
            /** @description Kinds that belong to it. */
            kinds: components["schemas"]["KindView"][];
            /**
             * Format: int64
             * @description Version of the matter, which issuing names.
             */
            version: number;
        };
        /** @description A paper that was issued. */
        PaperView: {
            /** @description Who issued it. */
            account: string;
            /**
             * Format: int64
             * @description When.
             */
            at: number;
            /**
             * Format: int64
             * @description Size.
             */
            bytes: number;
            /** @description Matter. */
            matter: string;
            /** @description Number, where its kind has one. */
            number?: string | null;
            /** @description Kind of paper. */
            paper: string;
            /** @description Why it was issued again. */
            reason: string;
            /** @description SHA-256 of its bytes. */
            sha256: string;
            /** @description SM3 of its bytes. */
            sm3: string;
            /** @description Its title. */
            title: string;
            /**
             * Format: int64
             * @description Counts the versions of this kind in the matter.
             */
            version: number;
        };
        /** @description A parameter that a locality may move inside bounds. */
        ParamView: {
            /** @description The texts that are allowed; any where it is empty. */
            choices: string[];
            /** @description Default, as it is written in TOML. */
            default: string;
            max?: string | null;
            /** @description What it means, with unit and source. */
            meaning: string;
            min?: string | null;
            name: string;
            /** @description The site's own value, as it is written in TOML, where it has one. */
            site?: string | null;
        };
        /** @description An act of the past, done or refused. */
        Past: {
            /** @description By whom. */
            account: string;
            /** @description Which act. */
            act: string;
            /**
             * Format: int64
             * @description When, in seconds of China's civil time.
             */
            at: number;
            /** @description For which organisation. */
            organisation: string;
            /** @description Whether it was refused. */
            refused: boolean;
            /** @description In which role. */
            role: string;
            /**
             * Format: int64
             * @description Number of its record in the trail.
             */
            seq: number;
            /** @description Its Chinese name; the id where the machine has no such act. */
            title: string;
            /** @description Why it was done; of a refusal the codes of what stood against it. */
            why: string;
        };
        /** @description One of the peers. */
        Peer: {
            /**
             * Format: int64
             * @description Money in question, fen.
             */
            amount: number;
            /** @description Code. */
            code: string;
            /**
             * Format: int64
             * @description Findings.
             */
            findings: number;
            /** @description Name, where the register knows it. */
            name: string;
            /**
             * Format: int64
             * @description People in them.
             */
            people: number;
        };
        /** @description Where somebody lies among peers. */
        Peers: {
            /**
             * Format: int64
             * @description How many there are, of them with nothing found: those of the same kind in the register.
             */
            all: number;
            /** @description Money in question, fen: median and 90th percentile over all. */
            amount: [
                number,
                number
            ];
            /** @description Findings: median and 90th percentile over all. */
            findings: [
                number,
                number
            ];
            /** @description Whose measure it is: `institution` or `practitioner`. */
            kind: string;
            /** @description Code of the one that it is about; empty where the rule's findings name none. */
            own: string;
            /** @description All that the rule names in this run, the most first; at most 500. */
            peers: components["schemas"]["Peer"][];
            /**
             * Format: int64
             * @description Rank of the own one, from 1.
             */
            rank?: number | null;
        };
        /** @description What followed from points. */
        PointsEffect: {
            /** @description Whether the qualification ended; else it was suspended. */
            ended: boolean;
            /** @description Whether that holds today. */
            holds: boolean;
            /** @description Since when. */
            since: string;
            /** @description The first day on which it may stand again. */
            until: string;
        };
        /** @description A decision about points. */
        PointsEntry: {
            /** @description Id of its matter. */
            matter: string;
            /** @description When it took effect. */
            on: string;
            /**
             * Format: int32
             * @description The points.
             */
            points: number;
            /** @description Repairs: what was done, and when. */
            repairs: string[];
            /** @description It was taken back after an appeal. */
            revoked: boolean;
            /** @description Name of the event. */
            title: string;
        };
        /** @description How the points of a practitioner stand. */
        PointsStanding: {
            /** @description On what the scheme rests. */
            basis: string;
            /** @description How sure that is, in words. */
            certainty: string;
            /** @description The day on which they are cleared, `2027-01-01`; what they brought lasts on. */
            cleared: string;
            /** @description What followed, the newest last. */
            effects: components["schemas"]["PointsEffect"][];
            /**
             * Format: int32
             * @description Points at which it ends.
             */
            end_at: number;
            /** @description The decisions that took effect, the newest first, revoked ones too. */
            entries: components["schemas"]["PointsEntry"][];
            /**
             * Format: int32
             * @description Points of that year.
             */
            points: number;
            /**
             * Format: int32
             * @description Points from which the qualification is suspended.
             */
            suspend_from: number;
            /**
             * Format: int32
             * @description The year that they count for.
             */
            year: number;
        };
        /** @description What brings points to a practitioner, and what takes them back. */
        PointsView: {
            /** @description On what that rests. */
            basis: string;
            /** @description How sure that is, in words. */
            certainty: string;
            /**
             * Format: int32
             * @description Points at which it ends.
             */
            end_at: number;
            /** @description Events, each with the points it may bring. */
            events: components["schemas"]["EventView"][];
            /** @description Repairs, each with the points it takes back. */
            repairs: components["schemas"]["RepairView"][];
            /**
             * Format: int32
             * @description Points of a year from which the qualification is suspended.
             */
            suspend_from: number;
        };
        /** @description A policy: who may, or may not. */
        PolicyView: {
            /** @description Law and article. */
            basis: string;
            /** @description File that it stands in. */
            file: string;
            /** @description Whether it forbids; else it permits. */
            forbids: boolean;
            id: string;
            /**
             * Format: int64
             * @description Line in it.
             */
            line: number;
            /** @description What it says. */
            title: string;
        };
        /** @description An institution or practitioner in numbers. Money is fen; refunds are taken off. */
        Portrait: {
            /** @description First day of what `parts` and `goods` count, `2025-01-01`; they end with the newest month. Empty where there is nothing. */
            from: string;
            /** @description Drugs, items and consumables, the most money first, at most 20. */
            goods: components["schemas"]["PortraitGood"][];
            /**
             * Format: int64
             * @description How many different ones there are in all.
             */
            goods_all: number;
            /** @description Month by month, the newest last; months with nothing are left out. */
            months: components["schemas"]["PortraitMonth"][];
            /** @description Whether there are earlier months than are shown. */
            more: boolean;
            /** @description What the money is made of, by each column the most first, at most 20 of each. */
            parts: components["schemas"]["PortraitPart"][];
            stock?: components["schemas"]["PortraitStock"] | null;
            traces?: components["schemas"]["PortraitTraces"] | null;
        };
        /** @description A drug, item or consumable. */
        PortraitGood: {
            /**
             * Format: int64
             * @description Their money.
             */
            amount: number;
            /** @description National code. */
            code: string;
            /**
             * Format: int64
             * @description Fee lines.
             */
            count: number;
            /** @description Chinese name of its kind. */
            kind: string;
            /** @description What the institution calls it. */
            name: string;
        };
        /** @description A month. */
        PortraitMonth: {
            /**
             * Format: int64
             * @description What was settled in it in all.
             */
            fee: number;
            /**
             * Format: int64
             * @description What the fund paid of it.
             */
            fund: number;
            /** @description The month, `2025-01`. */
            month: string;
            /**
             * Format: int64
             * @description People of those.
             */
            people: number;
            /**
             * Format: int64
             * @description Purchases at a pharmacy.
             */
            purchases: number;
            /**
             * Format: int64
             * @description Stays that began in it.
             */
            stays: number;
            /**
             * Format: int64
             * @description Outpatient visits and the like that began in it.
             */
            visits: number;
        };
        /** @description A share of the money. */
        PortraitPart: {
            /**
             * Format: int64
             * @description Their money.
             */
            amount: number;
            /**
             * @description The column that it is counted by: `med_type` and `insutype` of settlements; `list_type`, `med_chrgitm_type` and `bilg_dept_codg` of
             *     fee lines.
             */
            by: string;
            /** @description The code, empty where a row has none. */
            code: string;
            /**
             * Format: int64
             * @description Settlements or fee lines.
             */
            count: number;
            /** @description Its Chinese name, or the code again. */
            title: string;
        };
        /** @description What came in and what was charged, good by good. */
        PortraitStock: {
            /**
             * Format: int64
             * @description Goods that stock knows, and drugs that were charged since then without ever coming in.
             */
            goods: number;
            /** @description Those with the most charged beyond what came in first, at most 20. */
            lines: components["schemas"]["StockLine"][];
            /**
             * Format: int64
             * @description Of them those of which more was charged than came in.
             */
            short: number;
            /** @description Day of the first change of stock, since which both are counted; empty where there is none of the institution. */
            since: string;
        };
        /** @description Trace codes of an institution. */
        PortraitTraces: {
            /** @description Those sold most often first, at most 20. */
            codes: components["schemas"]["TracedTwice"][];
            /**
             * Format: int64
             * @description Purchases.
             */
            purchases: number;
            /**
             * Format: int64
             * @description Returns.
             */
            returns: number;
            /**
             * Format: int64
             * @description Sales.
             */
            sales: number;
            /**
             * Format: int64
             * @description Codes of unopened packs that it sold and that were sold more often than they came back, wherever that was.
             */
            twice: number;
        };
        /**
         * @description Whom a portrait shows.
         * @enum {string}
         */
        Portrayed: "institution" | "practitioner";
        /** @description What a paper is made with. */
        Preview: {
            /** @description What the record does not hold, by label; money in fen. */
            fields?: Record<string, never>;
        };
        /** @description What a proof came to. */
        Proved: {
            /** @description What is wrong, the first thousand. */
            faults: string[];
            /**
             * Format: int64
             * @description Records that were looked at.
             */
            records: number;
            /** @description Whether the trail is whole. */
            whole: boolean;
        };
        /** @description Clues of a run, at most 200 at once. */
        Push: {
            /** @description The clues. */
            clues: Record<string, never>[];
        };
        /** @description What became of pushed clues. */
        Pushed: {
            /**
             * Format: int64
             * @description Begun.
             */
            begun: number;
            /**
             * Format: int64
             * @description Decided, and left alone.
             */
            left: number;
            /**
             * Format: int64
             * @description Open and the same already.
             */
            same: number;
            /**
             * Format: int64
             * @description Open and brought up to date.
             */
            updated: number;
        };
        /** @description Refused rows. */
        Quarantine: {
            /** @description Columns of the table that was asked for; none where all were. */
            columns: components["schemas"]["RefusedColumn"][];
            /** @description All by table, column, check and state. */
            groups: components["schemas"]["RefusedGroup"][];
            /** @description Rows of the page. */
            items: components["schemas"]["RefusedRow"][];
            /**
             * Format: int64
             * @description Rows of all pages.
             */
            total: number;
        };
        /** @description What a list is asked for. Texts are compared whole but for `q`; instants are seconds of China's civil time. */
        Query: {
            /**
             * Format: int64
             * @description Begun at this instant or later.
             * @default null
             */
            begun_from: number | null;
            /**
             * Format: int64
             * @description Begun before this instant.
             * @default null
             */
            begun_to: number | null;
            /**
             * @description Item of the negative list that the rule covers.
             * @default null
             */
            covers: string | null;
            /**
             * @description The other way round.
             * @default false
             */
            descending: boolean;
            /**
             * Format: int64
             * @description Due at this instant or before.
             * @default null
             */
            due_by: number | null;
            /**
             * @description Whether it has come to an end.
             * @default null
             */
            ended: boolean | null;
            /**
             * @description Grade of risk.
             * @default null
             */
            grade: string | null;
            /**
             * @description What other organisations handed to one's own.
             * @default false
             */
            handed_to_me: boolean;
            /**
             * @description Designated institution.
             * @default null
             */
            institution: string | null;
            /**
             * Format: int64
             * @description At least so much money, fen.
             * @default null
             */
            least: number | null;
            /**
             * @description Which machine: `clue`, `case`, …
             * @default null
             */
            machine: string | null;
            /**
             * @description Account that works on it.
             * @default null
             */
            member: string | null;
            /**
             * @description Organisation that owns it.
             * @default null
             */
            organisation: string | null;
            /**
             * Format: int32
             * @description Page, from 1.
             * @default null
             */
            page: number | null;
            /**
             * @description What it grew out of.
             * @default null
             */
            parent: string | null;
            /**
             * @description A part of the title, the beginning of the id or of the number in it, also as pages write it: `案件 1a2b3c4d`.
             * @default null
             */
            q: string | null;
            /**
             * @description Region, with all that lies in it.
             * @default null
             */
            region: string | null;
            /**
             * @description Rule that a clue came from.
             * @default null
             */
            rule: string | null;
            /**
             * Format: int64
             * @description Severity of the rule, 1 to 3.
             * @default null
             */
            severity: number | null;
            /**
             * Format: int32
             * @description Rows of a page, 1 to 500; 50 where absent.
             * @default null
             */
            size: number | null;
            /** @default null */
            sort: components["schemas"]["Sort"] | null;
            /**
             * @description Where it comes from.
             * @default null
             */
            source: string | null;
            /**
             * @description States, separated by commas.
             * @default null
             */
            state: string | null;
            /**
             * @description Whom it is about.
             * @default null
             */
            subject: string | null;
            /**
             * @description `person`, `institution`, `group`, …
             * @default null
             */
            subject_kind: string | null;
            /**
             * @description With whom the next step lies: words such as `head` or `police`, separated by commas, or `others` for whomever.
             * @default null
             */
            waiting_for: string | null;
        };
        /** @description Parts that serving needs. */
        Ready: {
            /** @description Whether the database answers. */
            database: boolean;
            /** @description Whether the key of sign-in works. */
            key: boolean;
            /** @description `ready`, or `not_ready` where a part is not in order. */
            status: string;
            /** @description Whether the writer keeps up. */
            writer: boolean;
        };
        /** @description Why an account is disabled or enabled. */
        Reason: {
            /**
             * Format: int64
             * @description The version that it is based on; or `If-Match`.
             */
            version?: number | null;
            /** @description Why. */
            why: string;
        };
        /** @description How much of a claim file has come. */
        Received: {
            /**
             * Format: int64
             * @description Bytes.
             */
            received: number;
        };
        /** @description A column of a table with refused rows. */
        RefusedColumn: {
            /** @description National name. */
            column: string;
            /** @description Whether it is a part of what names a row. */
            key: boolean;
            /** @description Whether it is personal: it can be replaced and never read. */
            personal: boolean;
            /** @description Whether a row without it is refused. */
            required: boolean;
            /** @description Chinese name. */
            title: string;
        };
        /** @description Refused rows of one kind. */
        RefusedGroup: {
            /** @description Check. */
            check: string;
            /** @description Column, empty where the whole row is at fault. */
            column: string;
            /**
             * Format: int64
             * @description How many.
             */
            rows: number;
            /** @description `open`, `mended` or `refused_batch`. */
            state: string;
            /** @description Table. */
            table: string;
            /** @description Its Chinese name. */
            table_title: string;
            /** @description Its Chinese name. */
            title: string;
        };
        /** @description A refused row. Personal values are masked. */
        RefusedRow: {
            /** @description Batch. */
            batch: string;
            /** @description Check. */
            check: string;
            /** @description Column, empty where the whole row is at fault. */
            column: string;
            /** @description Its Chinese name. */
            column_title: string;
            /** @description File. */
            file: string;
            /** @description What to do about it. */
            hint: string;
            /**
             * Format: int64
             * @description Line in it, from 1.
             */
            line: number;
            /**
             * Format: int64
             * @description Place among the batch's refused rows, from 0; with the batch it names the row.
             */
            place: number;
            /** @description The row by column. */
            row: {
                [key: string]: string;
            };
            /** @description `open`, `mended` or `refused_batch`. */
            state: string;
            /** @description Table. */
            table: string;
            /** @description Its Chinese name. */
            title: string;
            /** @description What stood there. */
            value: string;
        };
        /** @description A region by its bureau. */
        RegionView: {
            /** @description Code. */
            code: string;
            /** @description `nation`, `province`, `city` or `county`. */
            level: string;
            /** @description Name. */
            name: string;
            /** @description The region that it lies in, where it is known too. */
            parent?: string | null;
        };
        /** @description What takes points back. */
        RepairView: {
            id: string;
            /**
             * Format: int32
             * @description How often in a year.
             */
            most: number;
            /**
             * Format: int32
             * @description Points that it takes back each time.
             */
            points: number;
            title: string;
        };
        /** @description A new first password. */
        Reset: {
            /** @description First password, which must be changed at once. */
            password: string;
            /**
             * Format: int64
             * @description The version that it is based on; or `If-Match`.
             */
            version?: number | null;
            /** @description Why. */
            why: string;
        };
        /** @description Why a key is replaced. */
        Rotate: {
            /** @description Why. */
            why: string;
        };
        /** @description A rotation that this server did last or is doing. */
        Rotation: {
            /** @description Who asked for it. */
            account: string;
            /**
             * Format: int64
             * @description When it was begun.
             */
            begun: number;
            /**
             * Format: int64
             * @description Values that were sealed anew.
             */
            done: number;
            /** @description The key that seals since. */
            key?: string | null;
            /**
             * Format: int64
             * @description Values that there were to seal anew.
             */
            of: number;
            /** @description `running`, `done` or `failed`. */
            state: string;
        };
        /** @description A row. */
        RowView: {
            /** @description Cells as they are printed. */
            cells: string[];
            /** @description The record's id, or the region's name. */
            id: string;
            /** @description Code of the region, in statistics. */
            region?: string | null;
        };
        /** @description What checking says of a version of a rule. */
        RuleFeedback: {
            /**
             * Format: int64
             * @description Clues that were confirmed; of each clue the newest answer counts.
             */
            confirmed: number;
            /**
             * Format: int64
             * @description Money found in the confirmed ones, fen.
             */
            found: number;
            /**
             * Format: int64
             * @description Refuted.
             */
            refuted: number;
            /** @description The rule's folder. */
            rule: string;
            /**
             * Format: int64
             * @description Unclear.
             */
            unclear: number;
            /** @description Its version. */
            version: string;
        };
        /** @description A rule in a list. */
        RuleHeading: {
            /** @description Items of the negative list, national rule classes and key fields. */
            covers: string[];
            /** @description Id, never reused. */
            id: string;
            /** @description `violation`, `suspect` or `monitor`. */
            kind: string;
            /** @description Its folder: `chapter/name`. */
            name: string;
            /**
             * Format: int64
             * @description How many of its parameters have a value of the site's own.
             */
            own_params: number;
            /**
             * Format: int32
             * @description 1 (light) to 3 (grave).
             */
            severity: number;
            /** @description `draft`, `trial`, `active` or `retired`. */
            status: string;
            /** @description Chinese title. */
            title: string;
            /** Format: int32 */
            version: number;
        };
        /** @description A rule with all its words. */
        RuleView: components["schemas"]["RuleHeading"] & {
            /** @description Law and article. */
            basis: string[];
            /** @description What it looks for. */
            definition: string;
            /** @description First and last day of what it judges, inclusive. */
            effective: string;
            expires?: string | null;
            /** @description Known honest explanations. */
            false_positives: string[];
            /** @description Its fixtures: rows in, findings out, as Markdown. */
            fixtures?: string | null;
            /** @description How to check it on site, step by step. */
            investigate: string[];
            /** @description Whether the site has a folder in which other values of them can be kept. */
            keeps: boolean;
            /** @description Knowledge tables that it goes by. */
            knowledge: components["schemas"]["KnowledgeName"][];
            params: components["schemas"]["ParamView"][];
            /** @description Tables and columns that it may see. */
            reads: string[];
        };
        /** @description What a run found. */
        RunReport: components["schemas"]["RunView"] & {
            /** @description Rule by rule, the most money first. */
            by_rule: components["schemas"]["RunRule"][];
            /** @description Tables without a row, each with the rules that read it: what those say is incomplete. */
            empty_tables: {
                [key: string]: string[];
            };
        };
        /** @description What a rule found in a run. */
        RunRule: {
            /**
             * Format: int64
             * @description The fund's money in question, each line of a clue once, fen.
             */
            amount: number;
            /**
             * Format: int64
             * @description Clues.
             */
            clues: number;
            /**
             * Format: int64
             * @description Findings in them.
             */
            findings: number;
            /**
             * Format: int64
             * @description Of them of high grade.
             */
            high: number;
            /** @description Folder. */
            rule: string;
            /** @description Chinese name. */
            title: string;
            /**
             * Format: int32
             * @description Version.
             */
            version: number;
        };
        /** @description A run. */
        RunView: {
            /**
             * Format: int64
             * @description The fund's money in question, each line once, fen.
             */
            amount: number;
            /** @description Rows after this day did not count. */
            as_of: string;
            /**
             * Format: int64
             * @description Clues.
             */
            clues: number;
            /** @description Whether what is written of it cannot be read; then nothing but its id is known. */
            damaged: boolean;
            /**
             * Format: int64
             * @description Findings.
             */
            findings: number;
            /** @description Id. */
            id: string;
            /** @description Findings by kind. */
            kinds: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description Version of the lake.
             */
            lake_version: number;
            /** @description Region that it was asked for, empty where all. */
            region: string;
            /**
             * Format: int64
             * @description Rules that ran.
             */
            rules: number;
        };
        /** @description A saved view of a list. */
        SavedViews: {
            /** @description What the workbench keeps there; null where nothing is. */
            body: unknown;
            /** @description Which list. */
            place: string;
        };
        /** @description What to screen. */
        Screen: {
            /** @description Rows after this day do not count; the last day of the data where absent. */
            as_of?: string;
            /** @description Leave out findings that end before this day. */
            from?: string;
            /** @description Look at everybody again, though an earlier run could be built on. */
            full?: boolean;
            /** @description Only findings of this region. */
            region?: string;
            /** @description Only these rules, by name or the beginning of one; all in force where absent. */
            rules?: string[];
            /** @description Leave out findings that begin after this day. */
            to?: string;
        };
        /** @description What the newest run found at an institution, for its own people. Nothing in it names a person or another institution. */
        Screened: {
            /** @description Rows after this day did not count. */
            as_of: string;
            /** @description Lines of the rule that was asked for, a page of them. */
            lines: components["schemas"]["ScreenedLine"][];
            /** @description Rule by rule, the most money first. */
            rules: components["schemas"]["ScreenedRule"][];
            /** @description The run; empty where there is none. */
            run: string;
            /**
             * Format: int64
             * @description Lines of all pages.
             */
            total: number;
        };
        /** @description A line of an institution that a rule found. */
        ScreenedLine: {
            /**
             * Format: int64
             * @description The fund's money in question, fen.
             */
            amount: number;
            /**
             * Format: int64
             * @description When.
             */
            at?: number | null;
            /** @description The institution's own numbers of it. */
            key: string[];
            /** @description What was seen; empty where it tells of other institutions too. */
            message: string;
            /** @description Chinese name of its table. */
            table: string;
        };
        /** @description What a rule found at an institution. */
        ScreenedRule: {
            /**
             * Format: int64
             * @description The fund's money in question, each line once, fen.
             */
            amount: number;
            /** @description The law and the article. */
            basis: string[];
            /**
             * Format: int64
             * @description Findings.
             */
            findings: number;
            /**
             * Format: int64
             * @description Lines that they stand on, each once.
             */
            lines: number;
            /** @description Folder. */
            rule: string;
            /** @description Chinese name. */
            title: string;
        };
        /** @description What of an account can be set. */
        Set: {
            /** @description Number of the officer's certificate. */
            certificate?: string | null;
            /** @description Last day of the certificate, `2026-12-31`. */
            certificate_until?: string | null;
            /**
             * Format: int64
             * @description Highest secrecy grade that it may see, 1 to 4.
             */
            clearance: number;
            /** @description Role. */
            role: string;
            /**
             * Format: int64
             * @description The version that it is based on; or `If-Match`.
             */
            version?: number | null;
        };
        /** @description A letterhead that shall stand. */
        SetLetterhead: {
            /** @description It. */
            letterhead: components["schemas"]["Letterhead"];
            /**
             * Format: int64
             * @description The version that one has seen; 0 where there was none.
             */
            version?: number | null;
        };
        /** @description Values that shall be in force. */
        SetParams: {
            /** @description The rule's name: `chapter/name`. */
            rule: string;
            /** @description Values by parameter, as a form has them; the others stay as they are. */
            values: {
                [key: string]: string;
            };
        };
        /** @description What the server runs with. */
        Settings: {
            /** @description Most bytes of a body. */
            body_bytes: number;
            /** @description `sqlite` or `postgres`. */
            database: string;
            /**
             * Format: int64
             * @description Form of the store.
             */
            form: number;
            /**
             * Format: int64
             * @description Seconds without a request after which a session ends.
             */
            idle_seconds: number;
            /** @description Time limits that hold. */
            limits: number;
            /**
             * Format: int64
             * @description Seconds after which a session ends in any case.
             */
            longest_seconds: number;
            /** @description Policies that hold. */
            policies: number;
            /** @description Who needs a second factor. */
            second_factor: string;
            /** @description Whether it speaks TLS. */
            tls: boolean;
            /** @description Version of the program. */
            version: string;
        };
        /** @description What one signs in with. */
        SignIn: {
            /** @description Account. */
            account: string;
            /** @description One-time code, once a second factor is set up. */
            code?: string | null;
            /** @description Password. */
            password: string;
        };
        /**
         * @description What a list is sorted by; the id decides between equals.
         * @enum {string}
         */
        Sort: "changed" | "begun" | "due" | "amount" | "score" | "id";
        /** @description A good in stock. */
        StockLine: {
            /**
             * Format: int64
             * @description What fee lines charged, ten-thousandths of a unit.
             */
            charged: number;
            /** @description National code. */
            code: string;
            /** @description What the institution calls it; empty where it was never charged. */
            name: string;
            /**
             * Format: int64
             * @description What came in less what went out otherwise than by a sale, ten-thousandths of a unit.
             */
            received: number;
        };
        /** @description A table. */
        TableView: {
            closed?: components["schemas"]["ClosedView"] | null;
            /** @description Headings in their order. */
            headings: components["schemas"]["HeadingView"][];
            /** @description Id of the ledger. */
            id: string;
            /** @description Period in words. */
            period: string;
            /** @description Region. */
            region: string;
            /** @description Rows in their order. */
            rows: components["schemas"]["RowView"][];
            /** @description Title. */
            title: string;
            total?: components["schemas"]["RowView"] | null;
        };
        /** @description A form that shall be taken in. */
        TakeForm: {
            /** @description The text of the file that it saved. */
            file: string;
            /**
             * Format: int64
             * @description Version of the inspection that it is based on; `If-Match` may say it instead.
             */
            version?: number | null;
        };
        /** @description How much of a file has come. */
        Taken: {
            /**
             * Format: int64
             * @description Bytes.
             */
            received: number;
        };
        /** @description A tier of fines. */
        TierBand: {
            /**
             * Format: int32
             * @description Least multiple of the base in basis points; 10000 is once.
             */
            least_bp: number;
            /** @description Ids of the measures that it is of. */
            measures: string[];
            /**
             * Format: int32
             * @description Most of it.
             */
            most_bp: number;
            /** @description Its name. */
            title: string;
        };
        /** @description Whom a clue is about, drawn over time. Nothing in it names a person. */
        Timeline: {
            /** @description Counts by day, where it is drawn by days. */
            days: components["schemas"]["Day"][];
            /** @description What lies in them, by time. */
            items: components["schemas"]["Item"][];
            /** @description `person`, `group`, or `institution` and `practitioner`, which are drawn by days. */
            kind: string;
            /** @description Rows of the drawing. */
            lanes: components["schemas"]["Lane"][];
            /** @description Whether there was more than is shown. */
            more: boolean;
            /** @description Terminals of the settlements that the clue's lines name, by settlement, where it is drawn by people; what has none is left out. */
            terminals: {
                [key: string]: string;
            };
        };
        /** @description A trace code that was sold more than once. */
        TracedTwice: {
            /** @description The trace code. */
            code: string;
            /** @description Day of the first sale. */
            first: string;
            /** @description National code of the good. */
            good: string;
            /** @description Day of the last sale. */
            last: string;
            /**
             * Format: int64
             * @description People who bought it.
             */
            people: number;
            /**
             * Format: int64
             * @description Institutions that sold it.
             */
            places: number;
            /**
             * Format: int64
             * @description Returns everywhere.
             */
            returns: number;
            /**
             * Format: int64
             * @description Sales everywhere.
             */
            sales: number;
        };
        /** @description A page of records, each as it stands in the trail. */
        TrailPage: {
            /** @description The newest first. */
            items: Record<string, never>[];
            /**
             * Format: int64
             * @description What to ask the next page with; none where this is the last.
             */
            next?: number | null;
        };
        /** @description That a case may have to go to the police: its amount reaches a threshold of its region, and something speaks for the purpose of fraud. */
        TransferHint: {
            /**
             * Format: int64
             * @description The amount in question, fen.
             */
            amount: number;
            /** @description What the amount is, in Chinese. */
            amount_of: string;
            /** @description Who decides, in Chinese. */
            decided_by: string;
            /** @description What speaks for the purpose of fraud, in Chinese. */
            purpose: string[];
            /** @description Id of the highest threshold that is reached. */
            reached: string;
            /** @description The thresholds as they hold in the case's region, the lowest first. */
            thresholds: components["schemas"]["TransferThreshold"][];
            /** @description The reminder in Chinese. */
            words: string;
        };
        /** @description An amount from which fraud is a crime, as it holds in a region. */
        TransferThreshold: {
            /**
             * Format: int64
             * @description The amount, fen.
             */
            amount: number;
            /** @description Law. */
            basis: string;
            /** @description Id: `large`, `huge`, `enormous`. */
            id: string;
            /** @description What to know of it, such as that a province sets it. */
            note: string;
            /** @description Its name in the law. */
            title: string;
        };
        /** @description A row that was not taken. */
        UntakenRow: {
            /** @description What is wrong with it; nothing of what it says. */
            message: string;
            /** @description Its number, from 1. */
            row: number;
        };
        /** @description Opened values, in no order of their own. */
        Values: {
            /** @description The values. */
            values: components["schemas"]["OpenedValue"][];
        };
        /** @description The ways in. */
        Ways: {
            /** @description What the site's provider is called; none where people sign in by password alone. */
            provider?: string | null;
        };
        /** @description Why an export is approved or refused. */
        Why: {
            /** @description Why. */
            why: string;
        };
        /** @description Why a delivery is taken back. */
        Withdrawal: {
            /** @description Why; nothing of a person. */
            why: string;
        };
        /** @description The days off and days made up of a year. */
        YearView: {
            /** @description Whether all of the year is known. */
            complete: boolean;
            holidays: components["schemas"]["HolidayView"][];
            /** @description The notices that say so. */
            notices: string[];
            /** Format: int32 */
            year: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
