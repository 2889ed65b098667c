// The people's side of a package: Entra entitlement management, where they request membership of groups, somebody approves,
// somebody reviews, and Entra ends it.
// https://learn.microsoft.com/entra/id-governance/entitlement-management-overview

import { Construct } from 'constructs';
import { type Problem, reportProblems } from './access-package.js';
import type { AzureAccessPackage } from './azure.js';
import { Resource } from './terraform.js';

/** How often Entra has memberships reviewed. */
export type AzureReviewFrequency = 'weekly' | 'monthly' | 'quarterly' | 'halfyearly' | 'annual';

/** Who may request what, and who decides. All are object ids of groups in Entra. */
export interface AzurePeopleProps {
  /** What they get: membership of these groups. */
  readonly groups: readonly string[];
  /** Members of these groups may request it. */
  readonly requestors: readonly string[];
  /** Members of these groups approve it. */
  readonly approvers: readonly string[];
  /**
   * Members of these groups review it.
   * @default - the approvers
   */
  readonly reviewers?: readonly string[];
  /** @default quarterly */
  readonly reviewFrequency?: AzureReviewFrequency;
  /**
   * Days in which a request is approved, or else refused.
   * @default 7
   */
  readonly approvalTimeoutDays?: number;
  /**
   * Id of a catalog that exists.
   * @default - a catalog of its own
   */
  readonly catalogId?: string;
}

/** An access package of Entra that people request; memberships end with the package. */
export class AzurePeople extends Construct {
  /** Id of the access package in Entra. */
  public readonly accessPackageId: string;

  public constructor(access: AzureAccessPackage, id: string, props: AzurePeopleProps) {
    super(access, id);
    const options = access.entraOptions(this);
    const { groups, requestors, approvers, reviewers = approvers, reviewFrequency = 'quarterly' } = props;
    reportProblems(this, () => problemsOf({ groups, requestors, approvers, reviewers }));
    const named = { display_name: access.physicalName(id), description: access.justification };
    const catalogId =
      props.catalogId ??
      new Resource(this, 'Catalog', 'azuread_access_package_catalog', named, options).getStringAttribute(
        'id',
      );
    this.accessPackageId = new Resource(
      this,
      'Package',
      'azuread_access_package',
      { ...named, catalog_id: catalogId },
      options,
    ).getStringAttribute('id');

    for (const [index, group] of groups.entries()) {
      const suffix = index === 0 ? '' : `-${index + 1}`;
      const inCatalog = {
        catalog_id: catalogId,
        resource_origin_id: group,
        resource_origin_system: 'AadGroup',
      };
      const association = new Resource(
        this,
        `Group${suffix}`,
        'azuread_access_package_resource_catalog_association',
        inCatalog,
        options,
      );
      const inPackage = {
        access_package_id: this.accessPackageId,
        catalog_resource_association_id: association.getStringAttribute('id'),
        access_type: 'Member',
      };
      new Resource(
        this,
        `Membership${suffix}`,
        'azuread_access_package_resource_package_association',
        inPackage,
        options,
      );
    }
    new Resource(
      this,
      'Policy',
      'azuread_access_package_assignment_policy',
      {
        ...named,
        access_package_id: this.accessPackageId,
        expiration_date: access.end,
        extension_enabled: false,
        requestor_settings: [
          {
            scope_type: 'SpecificDirectorySubjects',
            requests_accepted: true,
            requestor: members(requestors),
          },
        ],
        approval_settings: [
          {
            approval_required: true,
            requestor_justification_required: true,
            approval_stage: [
              {
                approval_timeout_in_days: props.approvalTimeoutDays ?? 7,
                approver_justification_required: true,
                primary_approver: members(approvers),
              },
            ],
          },
        ],
        assignment_review_settings: [
          {
            enabled: true,
            review_frequency: reviewFrequency,
            review_type: 'Reviewers',
            duration_in_days: 5,
            access_review_timeout_behavior: 'removeAccess',
            reviewer: members(reviewers),
          },
        ],
      },
      options,
    );
  }
}

function members(groups: readonly string[]): object[] {
  return groups.map((group) => ({ object_id: group, subject_type: 'groupMembers' }));
}

function problemsOf(lists: Readonly<Record<string, readonly string[]>>): Problem[] {
  return Object.entries(lists)
    .filter(([, groups]) => groups.length === 0 || groups.some((group) => group.trim() === ''))
    .map(([field]) => ({ field, message: 'is missing: name the object id of at least one group' }));
}
